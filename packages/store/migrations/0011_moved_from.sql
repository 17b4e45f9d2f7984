-- Whom a delivery was for at acceptance, once a reform has moved it to a successor: by this the sender finds it under the
-- receiver that it wrote. Null: `receiver` says it.
alter table delivery add column moved_from text;
create unique index delivery_moved on delivery (document_id, moved_from) where moved_from is not null;

update delivery
   set moved_from = asked.resolved
  from document_receiver as asked
 where asked.document_id = delivery.document_id and asked.written = delivery.receiver_written
   and asked.resolved <> delivery.receiver;

-- A check that deliveries wait for goes before all that nobody waits for: they stood behind every attachment that came before
-- theirs.
drop index attachment_check_due;
create index attachment_check_due on attachment_check (holds desc, due_at) where state = 'waiting';

-- As before, but for the order.
create or replace function due_attachment_checks(row_limit integer, kinds text[])
  returns table (document_id text, "position" integer, kind text)
  language plpgsql
  rows 1
  set enable_seqscan = off
  set enable_bitmapscan = off
  set enable_sort = off
as $$
begin
  return query
    select c.document_id, c.position, c.kind
      from attachment_check as c
     where c.state = 'waiting' and c.due_at <= clock_timestamp() and c.kind = any(kinds)
     order by c.holds desc, c.due_at
     limit row_limit
       for no key update skip locked;
end
$$;

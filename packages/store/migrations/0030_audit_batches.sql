-- Audit rows are written once. What happened waits in batches, one for each statement that tells of it; the notary numbers and
-- chains it, and only then do its rows exist. They were written, and written again with their number, each time into
-- four indexes.
create table audit_batch (
  id       bigint generated always as identity primary key,
  at       timestamptz not null default clock_timestamp(),
  -- [{actor, action, object, outcome, details}], in the order in which it was told.
  entries  jsonb not null
);

insert into audit_batch (at, entries)
select at, jsonb_build_array(jsonb_build_object('actor', actor, 'action', action, 'object', object, 'outcome', outcome,
                                                'details', details))
  from audit_entry
 where seq is null
 order by id;
delete from audit_entry where seq is null;
drop index audit_entry_unchained;
-- Of rows to come: an older release that still runs is refused, instead of writing what nobody would chain.
alter table audit_entry add constraint audit_entry_chained check (seq is not null and hash is not null) not valid;

create view audit_pending as
select batch.id as batch, e.place, batch.at, e.actor, e.action, e.object, e.outcome, coalesce(e.details, '{}') as details
  from audit_batch as batch
 cross join rows from (jsonb_to_recordset(batch.entries)
                       as (actor text, action text, object text, outcome text, details jsonb))
            with ordinality as e(actor, action, object, outcome, details, place);

-- All that happened, chained and not: by `seq, batch, place` from the oldest on.
create view audit_log as
select seq, null::bigint as batch, null::bigint as place, at, actor, action, object, outcome, details from audit_entry
 union all
select null, batch, place, at, actor, action, object, outcome, details from audit_pending;

-- What every packet costs, made less: fewer bytes, fewer index entries, no second version of a row.

-- The checks behind a seal's verdict are some 3 KB, and the same list for every good packet of one certificate. Each
-- list once, named by the SHA-256 of its JSON text; nothing removes it.
create table verdict_checks (
  sha256  bytea primary key constraint verdict_checks_size check (length(sha256) = 32),
  checks  jsonb not null
);

-- Null: the verdict holds its checks itself, as all did before. No foreign key, here and below: one statement writes
-- both rows, and the check of a key would lock the one list that all packets share.
alter table document add column checks_sha256 bytea;

-- A packet of some 2 KB stays in its row as it is: compressing it costs more than the disk it saves.
alter table document set (toast_tuple_target = 4080);

-- Packets that have no deliveries yet. A row of its own, which goes when they come: a mark on the packet would write
-- the whole packet and its index entries again.
create table unrouted (
  document_id  text primary key,
  accepted_at  timestamptz not null,
  -- Published again by the sweeper: how often, and when last.
  resends      smallint not null default 0,
  resent_at    timestamptz
);
insert into unrouted (document_id, accepted_at, resends, resent_at)
select id, accepted_at, resends, resent_at from document where routed_at is null;
alter table document drop column routed_at, drop column resends, drop column resent_at;

-- One index finds a packet by its DocumentId, whoever sent it, and keeps equal packets out.
alter table document drop constraint document_once;
alter table document add constraint document_once unique (document_id, sender, kind, action, sha256);
drop index document_by_document_id;

-- The history of one document is read by document only.
alter table document_event drop constraint document_event_pkey;
drop index document_event_document;
alter table document_event add primary key (document_id, id);

-- Entries that are not chained yet have no number to look up.
alter table audit_entry drop constraint audit_entry_seq_key;
create unique index audit_entry_seq on audit_entry (seq) where seq is not null;

-- Outbox rows are looked up by position once they have one, never by id.
alter table outbox drop constraint outbox_pkey, drop constraint outbox_position_key;
create unique index outbox_position on outbox (position) where position is not null;

-- As before, but by the place of the row (ctid) instead of an index: nobody else changes a row without a position.
create or replace function assign_outbox_positions(row_limit integer) returns integer language plpgsql as $$
declare
  placed integer;
begin
  if not pg_try_advisory_xact_lock(7301001) then
    return null;
  end if;
  -- Safe without waiting for the disk: whoever reads a position commits later in the same write-ahead log.
  perform set_config('synchronous_commit', 'off', true);

  with numbered as (
    select place_in_table, row_number() over (order by id) as place
      from (select ctid as place_in_table, id from outbox where position is null order by id limit row_limit) as waiting
  ), sequence as (
    update outbox_sequence set last_position = last_position + (select count(*) from numbered)
     where exists (select from numbered)
    returning last_position - (select count(*) from numbered) as base
  ), positioned as (
    update outbox
       set position = sequence.base + numbered.place
      from numbered, sequence
     where outbox.ctid = numbered.place_in_table
    returning outbox.id
  )
  select count(*) into placed from positioned;

  if placed > 0 then
    -- Wakes consumers of other processes; sent from here only, never by intake.
    perform pg_notify('docaxis_outbox', '');
  end if;
  return placed;
end
$$;

-- The checks that are due, the longest due first, locked. A function for its settings: a plan made while the table was
-- small goes on sorting all that wait when thousands do.
create function due_attachment_checks(row_limit integer, kinds text[])
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
     order by c.due_at
     limit row_limit
       for no key update skip locked;
end
$$;

-- Rows of the log are written once, with their place. What a transaction tells waits in batches, one for each statement; the
-- sequencer takes committed batches in their order and makes rows of them. They were written without a place, found by an
-- index of those, and written again with it, into two more indexes.
create table outbox_batch (
  id          bigint generated always as identity primary key,
  created_at  timestamptz not null default clock_timestamp(),
  -- Number of events.
  size        integer not null,
  -- [{topic, key, hash, event}], in the order in which they were told; `hash` is that of the key, not cut yet.
  events      jsonb not null,
  -- Of what an older release had cut already.
  partition   integer
);
-- Gone within a second: to compress them would cost more than to write them.
alter table outbox_batch alter column events set storage external, alter column events set statistics 0;
alter table audit_batch alter column entries set storage external;

insert into outbox_batch (created_at, size, events, partition)
select created_at, 1, jsonb_build_array(jsonb_build_object('topic', topic, 'key', key, 'event', event)), partition
  from outbox
 where position is null
 order by id;
delete from outbox where position is null;
drop index outbox_unpositioned;
-- Of rows to come: an older release that still runs is refused, instead of writing what nobody would place.
alter table outbox add constraint outbox_placed check (position is not null) not valid;

-- All that was told, placed and not, in its order by `position, batch, place`.
create view outbox_log as
select position, null::bigint as batch, null::bigint as place, topic, key, event from outbox
 union all
select null, batch.id, e.place, e.topic, e.key, e.event
  from outbox_batch as batch
 cross join rows from (jsonb_to_recordset(batch.events) as (topic text, key text, event jsonb))
            with ordinality as e(topic, key, event, place);

-- Makes rows of committed batches, in their order, with places without gaps; null while another process does. Takes whole
-- batches until it has `row_limit` rows.
-- A function, because it runs hundreds of times a second and each statement in it sees what was committed before that
-- statement: in a single statement the lock would come after the look at the batches.
create or replace function assign_outbox_positions(row_limit integer) returns integer language plpgsql as $$
declare
  placed integer;
begin
  if not pg_try_advisory_xact_lock(7301001) then
    return null;
  end if;
  -- Safe without waiting for the disk: whoever reads a position commits later in the same write-ahead log.
  perform set_config('synchronous_commit', 'off', true);

  with taken as (
    delete from outbox_batch
     where id = any (array(select id
                             from (select id, sum(size) over (order by id) - size as before
                                     from (select id, size from outbox_batch order by id limit row_limit) as oldest) as summed
                            where before < row_limit))
    returning id, created_at, partition, events
  ), settled as (
    -- 4: of rows written before the first start settled it.
    select coalesce((select (value #>> '{}')::integer from hub_setting where name = 'bus.partitions'), 4) as partitions
  ), numbered as (
    select e.topic, e.key, coalesce(taken.partition, e.hash % settled.partitions) as partition, e.event, taken.created_at,
           row_number() over (order by taken.id, e.place) as place
      from settled, taken
     cross join rows from (jsonb_to_recordset(taken.events) as (topic text, key text, hash integer, event jsonb))
                with ordinality as e(topic, key, hash, event, place)
  ), sequence as (
    update outbox_sequence set last_position = last_position + (select count(*) from numbered)
     where exists (select from numbered)
    returning last_position - (select count(*) from numbered) as base
  ), written as (
    insert into outbox (position, topic, key, partition, event, created_at)
    select sequence.base + numbered.place, topic, key, partition, event, created_at
      from numbered, sequence
     order by numbered.place
    returning 1
  )
  select count(*) into placed from written;

  if placed > 0 then
    -- Wakes consumers of other processes; sent from here only, never by intake.
    perform pg_notify('docaxis_outbox', '');
  end if;
  return placed;
end
$$;

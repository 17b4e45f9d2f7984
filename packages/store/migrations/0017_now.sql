-- What the console's first page is drawn from, so that no look at it counts over everything that is stored.

-- Exchange by minute, agency to agency, over the last day: one job keeps it (packages/store/src/console/traffic.ts).
-- A packet counts once for each receiver, as resolved at acceptance; status messages do not count.
create table traffic_pair (
  minute         timestamptz not null,
  sender         text not null,
  receiver       text not null,
  from_level     text not null,
  to_level       text not null,
  accepted       integer not null default 0,
  fetched        integer not null default 0,
  acknowledged   integer not null default 0,
  -- From acceptance to the first fetch, of those fetched in this minute.
  fetch_seconds  bigint not null default 0,
  primary key (minute, sender, receiver)
);
-- For people who see a part of the agencies.
create index traffic_pair_sender on traffic_pair (sender, minute)
  include (receiver, from_level, to_level, accepted, fetched, acknowledged, fetch_seconds);
create index traffic_pair_receiver on traffic_pair (receiver, minute)
  include (sender, from_level, to_level, accepted, fetched, acknowledged, fetch_seconds);

-- The same by level, for those who see all.
create table traffic_level (
  minute         timestamptz not null,
  from_level     text not null,
  to_level       text not null,
  accepted       integer not null,
  fetched        integer not null,
  acknowledged   integer not null,
  fetch_seconds  bigint not null,
  primary key (minute, from_level, to_level)
);

-- What has changed lately. The history is only ever appended to, so that a few bytes for 32 pages find a minute of it.
create index document_event_at on document_event using brin (at) with (pages_per_range = 32, autosummarize = on);

-- What needs somebody, found without looking at what does not.
create index business_report_refused on business_report (received_at) where code = '02';
create index dead_letter_open on dead_letter (at) where replayed_at is null;

-- How each process found itself when it last looked.
create table process_health (
  id          text primary key,
  services    text[] not null,
  -- As `/health/ready` shows them.
  checks      jsonb not null,
  checked_at  timestamptz not null default clock_timestamp()
);

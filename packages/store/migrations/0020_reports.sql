-- What reports are drawn from: counters by month and agency, so that no look at them counts over everything that is
-- stored. One job keeps them from the history (packages/store/src/console/reports/report-turn.ts). A month is one of
-- Asia/Ho_Chi_Minh, by its first day, and that in which the hub accepted the document.

create table report_month (
  agency          text not null,
  month           date not null,
  -- As the sender, documents: all; those with a good signature; those a paper copy follows; those that do not say.
  sent            integer not null default 0,
  signed          integer not null default 0,
  paper           integer not null default 0,
  paper_unsaid    integer not null default 0,
  -- As the receiver, deliveries: all; what was owed by now, and what was done in time; refused.
  received        integer not null default 0,
  ack_due         integer not null default 0,
  ack_in_time     integer not null default 0,
  finish_due      integer not null default 0,
  finish_in_time  integer not null default 0,
  fetch_due       integer not null default 0,
  fetch_in_time   integer not null default 0,
  refused         integer not null default 0,
  primary key (agency, month)
);
create index report_month_month on report_month (month);

-- Refusals by reason: by the receiver in its own words, by the hub with a problem code.
create table report_refusal (
  agency   text not null,
  month    date not null,
  origin   text not null constraint report_refusal_origin check (origin in ('receiver', 'hub')),
  reason   text not null,
  refused  integer not null,
  primary key (agency, month, origin, reason)
);
create index report_refusal_month on report_refusal (month);

-- What a document or a delivery counts as in the tables above. The job takes away what it counted before and adds what
-- it counts now: a change that is read twice, or a turn that died, leaves no mark.
create table report_counted (
  -- Of the document or the delivery: ids of the hub never meet.
  id              text primary key,
  agency          text not null,
  month           date not null,
  sent            boolean not null,
  signed          boolean not null,
  paper           boolean not null,
  paper_unsaid    boolean not null,
  received        boolean not null,
  ack_due         boolean not null,
  ack_in_time     boolean not null,
  finish_due      boolean not null,
  finish_in_time  boolean not null,
  fetch_due       boolean not null,
  fetch_in_time   boolean not null,
  refused         boolean not null,
  reason          text,
  -- A deadline passes then, whatever happens or does not.
  look_at         timestamptz
);
create index report_counted_look on report_counted (look_at) where look_at is not null;

-- How far the job has read the history.
create table report_progress (
  only_row       boolean primary key default true constraint report_progress_one check (only_row),
  read_until     timestamptz not null,
  slice_seconds  integer not null default 60 constraint report_progress_slice check (slice_seconds between 1 and 86400)
);

-- A refusal by the hub has no history: it is counted once, and says so.
alter table refusal add column reported boolean not null default false;
create index refusal_unreported on refusal (refused_at) where not reported;

-- How many documents an agency's registers hold for a month, on paper and electronic: what the exchange is a share of.
-- Nothing is overwritten: an entry that is corrected stays, with who entered it and when it was replaced.
create table register_total (
  id           bigint generated always as identity primary key,
  agency_code  text not null references agency,
  month        date not null constraint register_total_month_first check (extract(day from month) = 1),
  -- Null: not known.
  outgoing     integer constraint register_total_outgoing check (outgoing >= 0),
  incoming     integer constraint register_total_incoming check (incoming >= 0),
  source       text not null constraint register_total_source check (source in ('form', 'csv', 'api')),
  -- As the audit log names them: `user:login`, `system:id`.
  entered_by   text not null,
  entered_at   timestamptz not null default clock_timestamp(),
  replaced_at  timestamptz,
  constraint register_total_something check (num_nonnulls(outgoing, incoming) > 0)
);
create unique index register_total_current on register_total (agency_code, month) where replaced_at is null;
create index register_total_month on register_total (month, agency_code) where replaced_at is null;
create index register_total_history on register_total (agency_code, month, id);

-- Working days and deadlines (edXML section 13). Nothing here changes what the release before reads.

-- Grows with every change of the calendar. Writers take turns, so no lower number appears after a higher one was read.
create sequence calendar_revision;

create table calendar_year (
  year        integer primary key constraint calendar_year_number check (year between 2000 and 2199),
  -- Of the data that came with a release; null: an operator's, which no release replaces.
  version     integer,
  confirmed   boolean not null,
  -- Lists as in the files of packages/calendar.
  holidays    jsonb not null,
  swaps       jsonb not null,
  revision    bigint not null,
  updated_at  timestamptz not null default now()
);

-- Working hours of an agency and of everything below it in the directory, down to whoever has its own.
create table working_hours (
  agency_code  text primary key references agency,
  -- Null: taken back, those from above are kept.
  hours        text,
  revision     bigint not null,
  updated_at   timestamptz not null default now()
);

-- What a receiver owes for one delivery and by when. Due rows of the deadline watcher.
create table deadline (
  delivery_id        text not null references delivery,
  kind               text not null constraint deadline_kind check (kind in ('fetch', 'acknowledge', 'finish')),
  document_id        text not null,
  sender             text not null,
  -- As of the delivery; the trigger below follows one that is moved.
  receiver           text not null,
  arrived_at         timestamptz not null,
  state              text not null default 'open' constraint deadline_state check (state in ('open', 'missed', 'met', 'void')),
  -- The calendar it was reckoned by; 0: not reckoned yet.
  calendar_revision  bigint not null default 0,
  hours              text,
  clock              text constraint deadline_clock check (clock in ('working', 'round')),
  counted_from       timestamptz,
  due_at             timestamptz,
  -- Years it rests on whose holidays nobody vouched for.
  unconfirmed_years  integer[] not null default '{}',
  -- The last step that was told: 0 none, 1 reminder, 2 missed, 3 and 4 escalations.
  step               smallint not null default 0 constraint deadline_step check (step between 0 and 4),
  -- The watcher looks from here on; null while it is not reckoned, and once it is over.
  next_at            timestamptz,
  -- What was true when it was found missed: evidence repeats it.
  missed_at          timestamptz,
  missed_transport   text,
  missed_business    text,
  ended_at           timestamptz,
  primary key (delivery_id, kind),
  constraint deadline_reckoned check (calendar_revision = 0 or num_nulls(hours, clock, counted_from, due_at) = 0),
  constraint deadline_missed check (state <> 'missed' or num_nulls(missed_at, missed_transport) = 0),
  constraint deadline_ended check (state not in ('met', 'void') or ended_at is not null)
);
create index deadline_next on deadline (next_at) where next_at is not null;
create index deadline_reckoning on deadline (calendar_revision) where state = 'open';
create index deadline_missed_kind on deadline (kind) where state = 'missed';
create index deadline_receiver on deadline (receiver, due_at, delivery_id, kind) where state in ('open', 'missed') and due_at is not null;
create index deadline_sender on deadline (sender, due_at, delivery_id, kind) where state in ('open', 'missed') and due_at is not null;
create index deadline_due on deadline (due_at, delivery_id, kind) where state in ('open', 'missed') and due_at is not null;

-- A delivery that goes to a successor takes its deadlines along; they are reckoned by the hours kept there.
create function deadline_follow() returns trigger language plpgsql as $$
begin
  update deadline
     set receiver = new.receiver,
         calendar_revision = case when state = 'open' then 0 else calendar_revision end
   where delivery_id = new.id;
  return null;
end
$$;
create trigger delivery_moved after update of receiver on delivery
  for each row when (old.receiver is distinct from new.receiver) execute function deadline_follow();

-- Evidence that a deadline passed. The old rows hold to the new rule: nothing is scanned.
alter table receipt add column deadline_kind text;
alter table receipt drop constraint receipt_kind;
alter table receipt add constraint receipt_kind
  check (kind in ('acceptance', 'refusal', 'delivery', 'non-delivery', 'missed-deadline')) not valid;

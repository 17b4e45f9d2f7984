-- What a receiver takes: an agency by its own word, a system by what it was built for. Null, or no types: whatever the hub takes.
alter table agency
  add column max_envelope_bytes  bigint constraint agency_max_envelope_bytes check (max_envelope_bytes > 0),
  -- Extensions without a dot, in small letters.
  add column file_types          text[] not null default '{}';
alter table system
  add column receive_max_bytes   bigint constraint system_receive_max_bytes check (receive_max_bytes > 0),
  add column receive_file_types  text[] not null default '{}';

-- A script of messages played with one e-office system, outside production.
create table conformance_run (
  id           text primary key constraint conformance_run_id_shape check (id ~ '^[0-9a-f]{24}$'),
  system_id    text not null references system,
  -- The system's agency that plays along, and the hub's that it plays with.
  agency       text not null references agency,
  counterpart  text not null references agency,
  started_at   timestamptz not null default clock_timestamp(),
  started_by   text not null,
  -- Set with the last verdict, or when a newer run takes its place.
  ended_at     timestamptz
);
create index conformance_run_system on conformance_run (system_id, started_at desc);
-- One script at a time is played with a system.
create unique index conformance_run_open on conformance_run (system_id) where ended_at is null;

create table conformance_step (
  run_id       text not null references conformance_run,
  step         text not null,
  position     smallint not null,
  verdict      text not null default 'waiting' constraint conformance_step_verdict check (verdict in ('waiting', 'passed', 'failed')),
  -- What came, as a reason of the script; the sentence is made when it is shown.
  reason       text not null default 'not-begun',
  details      jsonb not null default '{}',
  -- What was sent for it: hub ids of documents by their part in the step.
  documents    jsonb not null default '{}',
  decided_at   timestamptz,
  primary key (run_id, step)
);

-- What was seen of the system that no other table keeps: an answer the hub withheld, bytes handed over, a packet sent again.
create table conformance_note (
  id        bigint generated always as identity primary key,
  run_id    text not null references conformance_run,
  kind      text not null,
  -- The delivery or the document that it is about.
  subject   text not null,
  details   jsonb not null default '{}',
  noted_at  timestamptz not null default clock_timestamp()
);
create index conformance_note_run on conformance_note (run_id, kind, subject);
-- An answer is withheld once.
create unique index conformance_note_withheld on conformance_note (run_id, kind) where kind in ('acknowledgement-withheld', 'acceptance-withheld');

-- Reforms of the directory: merge, split, rename, re-parent and close, each file as one transaction on its day.

-- Where an agency was split and no single one follows it: the codes among which a sender must choose.
alter table agency add column choices text[] not null default '{}';
create index agency_closed on agency (valid_to) where valid_to is not null and not deleted;

create table reform (
  id            text primary key constraint reform_id_shape check (id ~ '^[0-9a-f]{24}$'),
  -- The file's own name for itself: one reform is done once.
  name          text not null,
  title         text not null,
  -- First day on which it is in force, in Asia/Ho_Chi_Minh.
  effective_on  date not null,
  -- As given: what waits for its day is read and checked again on it.
  file          bytea not null,
  -- 'blocked': on its day the directory had changed so that the file has faults; nothing was written.
  state         text not null constraint reform_state check (state in ('scheduled', 'applied', 'cancelled', 'blocked')),
  -- What it would touch when it was asked for, and what it did.
  preview       jsonb not null,
  outcome       jsonb,
  faults        jsonb,
  asked_by      text not null,
  asked_at      timestamptz not null default clock_timestamp(),
  settled_at    timestamptz,
  constraint reform_outcome check ((state = 'applied') = (outcome is not null)),
  constraint reform_blocked check ((state = 'blocked') = (faults is not null))
);
create unique index reform_once on reform (name) where state in ('scheduled', 'applied');
create index reform_due on reform (effective_on) where state = 'scheduled';

alter table delivery
  -- The packet goes to the same successor in another delivery: this one ends as that one does.
  add column joined_to text references delivery,
  -- Who answers for what the closed receiver had taken and not finished.
  add column heir text,
  add constraint delivery_joined check (joined_to is null or state not in ('available', 'fetched'));
create index delivery_joined on delivery (joined_to) where joined_to is not null and state = 'held';
create index delivery_heir on delivery (heir) where heir is not null;

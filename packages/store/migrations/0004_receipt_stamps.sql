-- The hub's own evidence: which certificates sign receipts, and time stamps over many receipts at once.

-- Every certificate the hub ever signed with, or will. Never removed: old receipts verify against them.
create table hub_certificate (
  sha256           bytea primary key constraint hub_certificate_size check (length(sha256) = 32),
  der              bytea not null,
  subject          text not null,
  not_before       timestamptz not null,
  not_after        timestamptz not null,
  -- The newest of those that have begun signs. Every notary reads it here, so all change over at one instant.
  signs_from       timestamptz not null,
  first_signed_at  timestamptz,
  added_at         timestamptz not null default clock_timestamp()
);
create index hub_certificate_turn on hub_certificate (signs_from);

-- One token of a time-stamping authority over the root of a Merkle tree of receipts (RFC 3161, RFC 9162).
create table receipt_stamp (
  id          bigint generated always as identity primary key,
  root        bytea not null constraint receipt_stamp_root_size check (length(root) = 32),
  size        integer not null constraint receipt_stamp_size check (size > 0),
  created_at  timestamptz not null default clock_timestamp(),
  token       bytea,
  tsa         text,
  gen_time    timestamptz,
  -- Asked for again at due_at; a crashed asker's turn runs out by itself.
  tries       integer not null default 0,
  due_at      timestamptz not null default clock_timestamp(),
  fault       text,
  constraint receipt_stamp_whole check (num_nulls(token, tsa, gen_time) in (0, 3))
);
create index receipt_stamp_due on receipt_stamp (due_at) where token is null;

-- Receipts that get a stamp: without a batch at first, then with their place in it and the way to its root.
create table receipt_leaf (
  receipt_id  text primary key references receipt,
  -- SHA-256 of the signed XML: the entry of the tree.
  sha256      bytea not null,
  -- Shown to nobody before the stamp is there.
  withheld    boolean not null,
  added_at    timestamptz not null default clock_timestamp(),
  stamp_id    bigint references receipt_stamp,
  leaf_index  integer,
  -- Hashes of 32 bytes, lowest first, one after the other.
  proof       bytea,
  constraint receipt_leaf_placed check (num_nulls(stamp_id, leaf_index, proof) in (0, 3))
);
create index receipt_leaf_waiting on receipt_leaf (added_at) where stamp_id is null;
create index receipt_leaf_batch on receipt_leaf (stamp_id, leaf_index) where stamp_id is not null;

-- What VXP clients need (spec: the VXP wire protocol). Nothing here changes what the release before reads.

-- How one system is served over VXP; without a row, by the defaults.
create table vxp_setting (
  system_id          text primary key references system,
  -- 'per-system': a list has one row for a packet to all agencies behind the system; 'per-agency': one for each of them.
  list_rows          text not null default 'per-system' constraint vxp_setting_list_rows check (list_rows in ('per-system', 'per-agency')),
  -- Networks that may call over plain HTTP. Loopback and TLS always may.
  source_networks    text[] not null default '{}',
  -- Oldest timestamp taken, in seconds; 0: any age; null: any for a legacy system, 15 minutes for a strict one.
  max_age_seconds    integer constraint vxp_setting_max_age check (max_age_seconds >= 0),
  -- How far in the future a timestamp may lie.
  max_ahead_seconds  integer not null default 300 constraint vxp_setting_max_ahead check (max_ahead_seconds >= 0)
);

-- Secrets of systems. The HMAC needs them whole, so they are encrypted, not hashed.
create table vxp_secret (
  id          text primary key constraint vxp_secret_id_shape check (id ~ '^[0-9a-f]{24}$'),
  system_id   text not null references system,
  -- AES-256-GCM: nonce, ciphertext, tag. Bound to the two ids above.
  sealed      bytea not null,
  -- Which key file it was sealed with.
  key_id      text not null,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz,
  revoked_at  timestamptz
);
create index vxp_secret_system on vxp_secret (system_id);

-- Where a signature was first seen. The same one from another address is an alarm.
create table vxp_signature (
  sha256    bytea primary key constraint vxp_signature_size check (length(sha256) = 32),
  address   text not null,
  first_at  timestamptz not null default now()
);
create index vxp_signature_age on vxp_signature (first_at);

-- The last calls of each system, for whoever has to find out why one is refused. Unlogged: lost in a crash, no evidence.
create unlogged table vxp_call (
  id         bigint generated always as identity primary key,
  system_id  text not null,
  at         timestamptz not null,
  operation  text not null,
  address    text not null,
  -- ErrorCode, or the HTTP status where that is not 200.
  code       text not null,
  -- Absent when nothing was refused.
  reason     text,
  -- What the reason needs to be told. Never a secret, and never an HMAC of ours.
  details    jsonb not null default '{}'
);
create index vxp_call_system on vxp_call (system_id, id);

-- What clients ask to have changed in the directory; a person decides.
create table directory_request (
  id            text primary key constraint directory_request_id_shape check (id ~ '^[0-9a-f]{24}$'),
  system_id     text not null references system,
  kind          text not null constraint directory_request_kind check (kind in ('register', 'change', 'close')),
  -- The agency meant; for 'register' the code wished for.
  agency_code   text not null,
  wish          jsonb not null,
  state         text not null default 'pending' constraint directory_request_state check (state in ('pending', 'approved', 'refused')),
  requested_at  timestamptz not null default clock_timestamp(),
  decided_at    timestamptz,
  decided_by    text,
  reason        text
);
-- Asking again changes the wish; it does not queue a second one.
create unique index directory_request_pending on directory_request (system_id, kind, agency_code) where state = 'pending';
create index directory_request_list on directory_request (state, requested_at, id);

-- Contacts that VXP clients keep of their agencies; imports leave them alone.
alter table agency
  add column mobile text constraint agency_mobile_length check (length(mobile) <= 50),
  add column fax    text constraint agency_fax_length check (length(fax) <= 50);

-- Lists of what is over: history of a mailbox, newest first.
create index delivery_history on delivery (receiver, kind, state, accepted_at desc, id) where state in ('acknowledged', 'failed');

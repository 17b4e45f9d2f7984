-- Uploads under way (tus 1.0.0). The bytes lie in a file of the blob folder; how many of them count stands here, moved
-- forward only once they are on disk: after a power cut the file may be longer, never shorter, than `offset_bytes`.
create table upload (
  id text primary key constraint upload_id_shape check (id ~ '^[0-9a-f]{24}$'),
  system_id text not null references system (id),
  size_bytes bigint not null constraint upload_size_positive check (size_bytes > 0),
  offset_bytes bigint not null default 0 constraint upload_offset_within check (offset_bytes between 0 and size_bytes),
  -- Upload-Metadata as the client wrote it.
  metadata text,
  state text not null default 'receiving' constraint upload_state_known check (state in ('receiving', 'accepted', 'refused')),
  -- Of the whole, from when it first was there.
  sha256 bytea constraint upload_sha256_length check (octet_length(sha256) = 32),
  -- What it became, or was found to repeat.
  document_id text references document (id),
  -- Why it was refused: code, message, details and findings.
  problem jsonb,
  -- Who writes now. Whoever died with it loses it when the time is over.
  lease_token text,
  lease_until timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- Whole means answered: who asks for the offset learns that the hub has taken it.
  constraint upload_whole_is_accepted check ((state = 'accepted') = (offset_bytes = size_bytes)),
  constraint upload_accepted_as check ((state = 'accepted') = (document_id is not null)),
  constraint upload_refused_says_why check ((state = 'refused') = (problem is not null)),
  constraint upload_lease_whole check ((lease_token is null) = (lease_until is null))
);
create index upload_by_system on upload (system_id);
create index upload_by_expiry on upload (expires_at);

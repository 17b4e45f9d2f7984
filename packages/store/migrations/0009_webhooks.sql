-- Telling systems that something waits for them (Standard Webhooks). Nothing here changes what the release before reads.

-- Where a system wants to be told.
create table webhook (
  id               text primary key constraint webhook_id_shape check (id ~ '^[0-9a-f]{24}$'),
  system_id        text not null references system,
  -- Null: nothing is sent there; the system's own relay comes and asks.
  url              text constraint webhook_url_length check (length(url) between 8 and 2000),
  description      text constraint webhook_description_length check (length(description) <= 200),
  -- What is told of; empty: everything.
  types            text[] not null default '{}',
  state            text not null default 'active' constraint webhook_state check (state in ('active', 'disabled')),
  -- Why, where the hub did it.
  disabled_reason  text,
  created_at       timestamptz not null default clock_timestamp(),
  -- The circuit breaker: failures since the last success, and until when nothing is tried.
  failures         integer not null default 0,
  open_until       timestamptz,
  last_success_at  timestamptz,
  last_failure_at  timestamptz,
  last_failure     text,
  -- How long its last answer took.
  last_ms          integer
);
create index webhook_system on webhook (system_id);

-- Secrets that sign. The HMAC needs them whole, so they are encrypted, not hashed.
create table webhook_secret (
  id          text primary key constraint webhook_secret_id_shape check (id ~ '^[0-9a-f]{24}$'),
  webhook_id  text not null references webhook on delete cascade,
  -- AES-256-GCM: nonce, ciphertext, tag. Bound to the two ids above.
  sealed      bytea not null,
  -- Which key file it was sealed with.
  key_id      text not null,
  created_at  timestamptz not null default clock_timestamp(),
  -- Set when the next one was issued: until then both sign.
  expires_at  timestamptz
);
create index webhook_secret_webhook on webhook_secret (webhook_id);

-- One thing told to one webhook. A row is due work under a lease by the database's clock.
create table webhook_message (
  -- From webhook and event: the same event is told once, and every try carries this id.
  id             text primary key constraint webhook_message_id_shape check (id ~ '^[0-9a-f]{24}$'),
  seq            bigint generated always as identity,
  webhook_id     text not null references webhook on delete cascade,
  event_id       text not null,
  type           text not null,
  -- 1 to 4 before 0.
  priority       smallint not null default 0,
  -- The bytes that are signed. Ids and addresses, no content of any document.
  body           text not null constraint webhook_message_size check (length(body) <= 20000),
  state          text not null default 'waiting' constraint webhook_message_state check (state in ('waiting', 'delivered', 'failed')),
  attempts       integer not null default 0,
  created_at     timestamptz not null default clock_timestamp(),
  due_at         timestamptz not null default clock_timestamp(),
  leased_until   timestamptz,
  -- Null: never, since a relay may stay away for as long as it likes.
  give_up_at     timestamptz,
  settled_at     timestamptz
);
create index webhook_message_due on webhook_message (webhook_id, priority desc, seq) where state = 'waiting';
create index webhook_message_list on webhook_message (webhook_id, seq);
create index webhook_message_given_up on webhook_message (give_up_at) where state = 'waiting';
create index webhook_message_age on webhook_message (settled_at) where state <> 'waiting';

-- What became of the last tries. What was answered is never kept, only its status.
create table webhook_attempt (
  id           bigint generated always as identity primary key,
  message_id   text not null references webhook_message on delete cascade,
  at           timestamptz not null default clock_timestamp(),
  duration_ms  integer not null,
  -- HTTP status; null where none came.
  status       integer,
  -- Null when it was taken.
  failure      text
);
create index webhook_attempt_message on webhook_attempt (message_id, id);

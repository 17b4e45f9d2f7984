-- People of the console: accounts, what each may see, and their sessions. Passwords and session tokens are stored as
-- digests; the secret of the second factor is sealed with the hub's own key.

create table account (
  id               text primary key constraint account_id_shape check (id ~ '^[0-9a-f]{24}$'),
  login            text not null constraint account_login_shape check (login ~ '^[a-z0-9][a-z0-9._@-]{0,99}$'),
  name             text not null constraint account_name_length check (length(name) between 1 and 200),
  role             text not null constraint account_role check (role in ('viewer', 'auditor', 'operator', 'directory', 'trust', 'administrator', 'official')),
  -- The scope, a union: which agencies the person sees. `everything` is for the staff of the hub.
  everything       boolean not null default false,
  subtrees         text[] not null default '{}',
  systems          text[] not null default '{}',
  localities       text[] not null default '{}',
  groups           text[] not null default '{}',
  -- Where the person works: the content of documents that these sent or received, and of no others.
  agencies         text[] not null default '{}',
  -- `scrypt$<log2 N>$<r>$<p>$<salt>$<hash>`; null: signs in by OpenID Connect only.
  password_hash    text,
  -- Given by somebody else: the person chooses an own one first.
  password_given   boolean not null default false,
  totp_sealed      bytea,
  -- The last time step that a code was taken for: a code counts once (RFC 6238, 5.2).
  totp_step        bigint,
  -- Subject at the OpenID provider, known from the first sign-in there.
  oidc_subject     text,
  failed_tries     smallint not null default 0,
  locked_until     timestamptz,
  created_at       timestamptz not null default now(),
  signed_in_at     timestamptz,
  disabled_at      timestamptz,
  constraint account_login_once unique (login),
  constraint account_oidc_once unique (oidc_subject)
);

create table account_session (
  token_sha256  bytea primary key constraint account_session_size check (length(token_sha256) = 32),
  account_id    text not null references account,
  created_at    timestamptz not null default now(),
  seen_at       timestamptz not null default now(),
  -- The latest moment, whatever the person does until then.
  ends_at       timestamptz not null,
  ended_at      timestamptz
);
create index account_session_account on account_session (account_id) where ended_at is null;

-- Content shown to somebody it is not for: asked with a reason, allowed by a second person, told to both agencies.
create table break_glass (
  id           text primary key constraint break_glass_id_shape check (id ~ '^[0-9a-f]{24}$'),
  document_id  text not null references document,
  asked_by     text not null references account,
  reason       text not null constraint break_glass_reason_length check (length(reason) between 10 and 1000),
  asked_at     timestamptz not null default now(),
  decided_by   text references account,
  decided_at   timestamptz,
  allowed      boolean,
  -- Until when the asker sees the content.
  ends_at      timestamptz,
  constraint break_glass_second_person check (decided_by <> asked_by),
  constraint break_glass_decision check ((decided_by is null) = (decided_at is null) and (decided_by is null) = (allowed is null)),
  constraint break_glass_end check ((ends_at is not null) = coalesce(allowed, false))
);
create index break_glass_document on break_glass (document_id);
create index break_glass_open on break_glass (asked_at) where decided_at is null;

-- The audit page reads by person, by object and by time.
create index audit_entry_actor on audit_entry (actor, id desc);
create index audit_entry_object on audit_entry (object, id desc) where object is not null;

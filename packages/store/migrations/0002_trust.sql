-- Trust: whom the hub believes, what authorities say of certificates, and what the hub decided about them itself.

-- Anchors that administrators imported; those of configuration stay files. Limits of their own as V25 asks.
create table trust_anchor (
  sha256           bytea primary key constraint trust_anchor_size check (length(sha256) = 32),
  der              bytea not null,
  subject          text not null,
  not_after        timestamptz not null,
  purposes         text[] not null constraint trust_anchor_purposes
                     check (cardinality(purposes) > 0 and purposes <@ array['seal', 'official', 'tls', 'tsa', 'ocsp']),
  -- Null: the certificate's own dates decide alone.
  valid_from       timestamptz,
  valid_to         timestamptz,
  -- Name limits as the operator wrote them, `dns:gov.vn`.
  permitted_names  text[] not null default '{}',
  excluded_names   text[] not null default '{}',
  added_by         text not null,
  added_at         timestamptz not null default now(),
  retired_at       timestamptz
);

-- An import or a retirement that waits for a second operator.
create table trust_request (
  id          text primary key constraint trust_request_id_shape check (id ~ '^[0-9a-f]{24}$'),
  action      text not null constraint trust_request_action check (action in ('anchor.add', 'anchor.retire')),
  -- SHA-256 of the anchor.
  object      bytea not null constraint trust_request_size check (length(object) = 32),
  -- The anchor to be added; empty for a retirement.
  details     jsonb not null default '{}',
  asked_by    text not null,
  asked_at    timestamptz not null default now(),
  decision    text constraint trust_request_decision check (decision in ('confirmed', 'rejected')),
  decided_by  text,
  decided_at  timestamptz,
  constraint trust_request_decided check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  constraint trust_request_two_persons check (decision is distinct from 'confirmed' or decided_by <> asked_by)
);
create unique index trust_request_open on trust_request (action, object) where decision is null;

-- Every certificate authority the hub knows: intermediates that complete paths, and the anchors, for what is fetched
-- from them.
create table authority (
  sha256             bytea primary key constraint authority_size check (length(sha256) = 32),
  der                bytea not null,
  subject            text not null,
  not_after          timestamptz not null,
  -- Used to complete paths. An anchor is trusted by its own row or file, never by this one.
  intermediate       boolean not null,
  -- What counts for certificates it issued. `both`: whichever is there, and a revocation in either.
  revocation         text not null default 'both' constraint authority_revocation check (revocation in ('crl', 'ocsp', 'both')),
  -- Tighter than the lists' own nextUpdate (V41).
  max_crl_age_hours  integer constraint authority_crl_age check (max_crl_age_hours between 1 and 8760),
  -- One instance at a time asks for this authority; a crashed one's lease runs out.
  leased_until       timestamptz not null default '-infinity',
  added_at           timestamptz not null default now(),
  retired_at         timestamptz
);

-- Where an authority publishes: named by certificates of the register, or given by an operator (an internal mirror).
create table revocation_source (
  id         bigint generated always as identity primary key,
  authority  bytea not null references authority,
  kind       text not null constraint revocation_source_kind check (kind in ('crl', 'ocsp')),
  url        text not null,
  given_by   text not null constraint revocation_source_given check (given_by in ('certificate', 'operator')),
  due_at     timestamptz not null default now(),
  tried_at   timestamptz,
  good_at    timestamptz,
  -- Since the last good answer: how many tries failed, and why the last one did.
  failures   integer not null default 0,
  fault      text,
  constraint revocation_source_once unique (authority, kind, url)
);
create index revocation_source_due on revocation_source (due_at);

-- The newest OCSP answer on each certificate of the register (RFC 6960), asked for ahead: intake never calls outside.
create table ocsp_answer (
  -- SHA-256 of the certificate asked about.
  certificate  bytea not null constraint ocsp_answer_size check (length(certificate) = 32),
  authority    bytea not null references authority,
  der          bytea,
  sha256       bytea,
  status       text constraint ocsp_answer_status check (status in ('good', 'revoked', 'unknown')),
  this_update  timestamptz,
  next_update  timestamptz,
  due_at       timestamptz not null default now(),
  tried_at     timestamptz,
  failures     integer not null default 0,
  fault        text,
  primary key (certificate, authority)
);
create index ocsp_answer_due on ocsp_answer (authority, due_at);

-- Several lists of one issuer: the whole one, one per distribution point, and the deltas of each.
alter table crl
  -- Names the distribution point or the kind of certificates; empty: all.
  add column scope        text not null default '',
  add column delta        boolean not null default false,
  -- Compared with the certificates of the register; null: not yet.
  add column searched_at  timestamptz,
  drop constraint crl_pkey,
  add constraint crl_pkey primary key (issuer_key, scope, delta);
create index crl_unsearched on crl (imported_at) where searched_at is null;

-- Life of a certificate in the register.
alter table agency_certificate
  add column kind            text not null default 'seal' constraint agency_certificate_kind check (kind in ('seal', 'official')),
  -- An official's name and position.
  add column person          text,
  add column position        text,
  -- The binding ends then by itself: the old certificate of a rotation.
  add column ends_at         timestamptz,
  add column suspended_at    timestamptz,
  add column suspend_reason  text,
  -- The hub's own decision, whatever its authority says.
  add column revoked_from    timestamptz,
  add column revoke_reason   text,
  add constraint agency_certificate_person check ((kind = 'official') = (person is not null)),
  add constraint agency_certificate_suspended check ((suspended_at is null) = (suspend_reason is null)),
  add constraint agency_certificate_revoked check ((revoked_from is null) = (revoke_reason is null));
create index agency_certificate_issuer on agency_certificate (issuer) where unbound_at is null;
create index agency_certificate_end on agency_certificate (not_after) where unbound_at is null;

-- Certificates of the register that were found revoked after they were bound, and what is still to be done about it.
create table certificate_revocation (
  sha256      bytea primary key constraint certificate_revocation_size check (length(sha256) = 32),
  source      text not null constraint certificate_revocation_source check (source in ('crl', 'ocsp', 'hub')),
  revoked_at  timestamptz not null,
  -- CRLReason of RFC 5280 section 5.3.1.
  reason      text not null,
  learnt_at   timestamptz not null default now(),
  -- Documents under way that were sealed with it are flagged from here on; null: done.
  due_at      timestamptz default now()
);
create index certificate_revocation_due on certificate_revocation (due_at) where due_at is not null;

-- Why a delivery is held; it goes on when the last reason is gone.
create table delivery_hold (
  delivery_id  text not null references delivery,
  reason       text not null,
  held_at      timestamptz not null default clock_timestamp(),
  primary key (delivery_id, reason)
);

-- Each threshold before the end of a certificate is told once.
create table expiry_notice (
  sha256      bytea not null,
  days        smallint not null,
  noticed_at  timestamptz not null default now(),
  primary key (sha256, days)
);

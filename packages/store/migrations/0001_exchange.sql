-- The book of record. The schema holds the rules; state moves only through the transition functions of packages/store.

-- Facts about this hub that outlive a restart: environment, demo or not.
create table hub_setting (
  name        text primary key,
  value       jsonb not null,
  updated_at  timestamptz not null default now()
);

-- Directory ---------------------------------------------------------------------------------------------------------

create sequence directory_version;

create table agency (
  code                text primary key constraint agency_code_shape check (length(code) between 1 and 35 and code !~ '[\s,]'),
  code_2016           text constraint agency_code_2016_shape check (length(code_2016) between 1 and 35),
  old_codes           text[] not null default '{}',
  name                text not null constraint agency_name_length check (length(name) between 1 and 200),
  short_name          text,
  kind                text not null constraint agency_kind check (kind in ('agency', 'unit', 'center')),
  level               text not null constraint agency_level check (level in ('central', 'province', 'district', 'commune')),
  -- parent, successor and center name other agencies; imports check them (a file may hold them in any order).
  parent              text,
  locality            text,
  groups              text[] not null default '{}',
  mail                text,
  valid_from          date,
  -- First day on which the code is closed.
  valid_to            date,
  -- A closed code may send until here.
  grace_until         date,
  successor           text,
  center              text,
  can_receive         boolean not null default true,
  receives_for_units  boolean not null default false,
  -- Codes, names and locality without accents and case, for search.
  search              text not null,
  -- Grows with each change. Writers of the directory take turns, so no lower number appears after a higher one was read.
  version             bigint not null default nextval('directory_version'),
  deleted             boolean not null default false,
  updated_at          timestamptz not null default now()
);
create index agency_groups on agency using gin (groups);
create index agency_parent on agency (parent);
create index agency_center on agency (center);
create index agency_version on agency (version);

-- Every form under which an agency is found: its code, 2016 code and old codes. One form never means two agencies.
create table agency_code (
  code         text primary key,
  agency_code  text not null references agency
);
create index agency_code_agency on agency_code (agency_code);

-- What connects. Acts for the agencies bound to it and no others.
create table system (
  id                text primary key constraint system_id_shape check (id ~ '^[A-Za-z0-9._#-]{1,64}$'),
  name              text not null,
  profile           text not null default 'legacy' constraint system_profile check (profile in ('legacy', 'strict')),
  signature_policy  text not null default 'record' constraint system_signature_policy check (signature_policy in ('record', 'refuse-invalid', 'require-valid')),
  status_policy     text not null default 'record' constraint system_status_policy check (status_policy in ('record', 'refuse-invalid', 'require-valid')),
  bad_receiver      text not null default 'refuse-all' constraint system_bad_receiver check (bad_receiver in ('refuse-all', 'deliver-others')),
  -- 'operator': may use the administration calls. Acts for no agency by that.
  roles             text[] not null default '{}',
  max_file_bytes    bigint,
  created_at        timestamptz not null default now(),
  disabled_at       timestamptz,
  last_called_at    timestamptz
);

-- Bearer tokens, stored as SHA-256; several at once so that a system can change over.
create table system_token (
  token_sha256  bytea primary key constraint system_token_size check (length(token_sha256) = 32),
  system_id     text not null references system,
  created_at    timestamptz not null default now(),
  expires_at    timestamptz,
  revoked_at    timestamptz
);
create index system_token_system on system_token (system_id);

create table system_agency (
  system_id    text not null references system,
  agency_code  text not null references agency,
  primary key (system_id, agency_code)
);
create index system_agency_agency on system_agency (agency_code);

-- End-entity certificates of agencies and centers. An agency may hold several at once (rotation).
create table agency_certificate (
  id           bigint generated always as identity primary key,
  sha256       bytea not null constraint agency_certificate_size check (length(sha256) = 32),
  agency_code  text not null references agency,
  der          bytea not null,
  subject      text not null,
  issuer       text not null,
  serial       text not null,
  not_before   timestamptz not null,
  not_after    timestamptz not null,
  bound_at     timestamptz not null default now(),
  unbound_at   timestamptz
);
-- A certificate speaks for one agency at a time; bindings of the past are kept.
create unique index agency_certificate_bound on agency_certificate (sha256) where unbound_at is null;
create index agency_certificate_agency on agency_certificate (agency_code);

-- "holder may seal for principal": most communes have no certificate of their own.
create table mandate (
  id          text primary key,
  principal   text not null references agency,
  holder      text not null references agency,
  kind        text not null constraint mandate_kind check (kind in ('seal', 'transport')),
  valid_from  timestamptz not null,
  -- Ends at this instant.
  valid_to    timestamptz,
  created_at  timestamptz not null default now(),
  constraint mandate_of_another check (principal <> holder),
  constraint mandate_dates check (valid_to is null or valid_to >= valid_from)
);
create index mandate_principal on mandate (principal, holder);

-- Anchors of the demo authority only; all others come from configuration.
create table demo_anchor (
  sha256  bytea primary key,
  der     bytea not null
);

-- The newest certificate revocation list of each issuer (RFC 5280 section 5).
create table crl (
  -- SHA-256 of the issuer's DER name and of its authority key identifier.
  issuer_key   text primary key,
  sha256       bytea not null constraint crl_size check (length(sha256) = 32),
  issuer       text not null,
  der          bytea not null,
  crl_number   numeric,
  this_update  timestamptz not null,
  next_update  timestamptz,
  imported_at  timestamptz not null default now()
);

-- Documents ---------------------------------------------------------------------------------------------------------

-- One accepted packet: a document or a status message.
create table document (
  id                  text primary key constraint document_id_shape check (id ~ '^[0-9a-f]{24}$'),
  kind                text not null constraint document_kind check (kind in ('document', 'status')),
  system_id           text not null references system,
  sender              text not null,
  sender_written      text not null,
  -- The sender's edXML DocumentId; for a status message that of the document it reports on.
  document_id         text not null,
  action              text not null constraint document_action_word check (action in ('new', 'revoke', 'update', 'replace', 'status')),
  sha256              bytea not null constraint document_sha256_size check (length(sha256) = 32),
  size_bytes          bigint not null,
  -- Set on a packet that only adds receivers to an earlier one (edXML 9.1).
  extends             text references document,
  header_digest       text not null,
  attachments_digest  text not null,
  priority            smallint not null default 0 constraint document_priority check (priority between 0 and 4),
  subject             text,
  code_number         text,
  code_notation       text,
  type_name           text,
  issued_on           date,
  due_on              date,
  -- The envelope as packages/edxml reads it.
  envelope            jsonb not null,
  verdict             jsonb not null,
  warnings            jsonb not null default '[]',
  profile             text not null,
  signature_policy    text not null,
  traceparent         text,
  accepted_at         timestamptz not null default clock_timestamp(),
  routed_at           timestamptz,
  -- Published again by the sweeper: how often, and when last.
  resends             smallint not null default 0,
  resent_at           timestamptz,
  constraint document_once unique (sender, kind, document_id, action, sha256)
);
create unique index document_new_once on document (sender, document_id) where kind = 'document' and action = 'new' and extends is null;
create index document_bytes on document (sha256, system_id);
-- Whose document is this? A DocumentId is unique per sender only.
create index document_by_document_id on document (document_id) where kind = 'document';
create index document_extension on document (extends) where extends is not null;
create index document_list on document (sender, accepted_at desc, id desc);
create index document_unrouted on document (accepted_at) where routed_at is null;

-- Receivers as resolved at acceptance: history keeps what was true then.
create table document_receiver (
  document_id  text not null references document,
  position     integer not null,
  written      text not null,
  -- Null when the code is unknown and the sender asked for deliver-others.
  resolved     text,
  level        text constraint document_receiver_level check (level in ('central', 'province', 'district', 'commune')),
  name         text,
  -- Why nothing can be delivered there: a path code such as M.MessageHeader.To.NotConnected.
  fault        text,
  primary key (document_id, position)
);

-- What acts on an earlier document, known from acceptance on, whether or not its target is routed yet.
create table document_effect (
  document_id  text not null references document,
  sender       text not null,
  target       text not null,
  action       text not null constraint document_effect_action check (action in ('revoke', 'update', 'replace', 'take-back')),
  -- Null: for every receiver of the target.
  receiver     text,
  accepted_at  timestamptz not null default clock_timestamp()
);
create index document_effect_target on document_effect (sender, target);

-- Refusals of authenticated callers; one per system and bytes. No subject, no content.
create table refusal (
  id           text primary key constraint refusal_id_shape check (id ~ '^[0-9a-f]{24}$'),
  system_id    text not null references system,
  sha256       bytea not null,
  size_bytes   bigint not null,
  sender       text,
  document_id  text,
  problem      text not null,
  findings     jsonb not null,
  verdict      jsonb,
  refused_at   timestamptz not null default clock_timestamp(),
  constraint refusal_once unique (system_id, sha256)
);

-- Deliveries --------------------------------------------------------------------------------------------------------

create table delivery (
  id                text primary key constraint delivery_id_shape check (id ~ '^[0-9a-f]{24}$'),
  document_id       text not null references document,
  kind              text not null constraint delivery_kind check (kind in ('document', 'status')),
  receiver          text not null,
  receiver_written  text not null,
  level             text not null constraint delivery_level check (level in ('central', 'province', 'district', 'commune')),
  priority          smallint not null,
  state             text not null constraint delivery_state check (state in ('routed', 'held', 'available', 'fetched', 'acknowledged', 'failed', 'withdrawn', 'expired')),
  -- Hand-overs that were tried and failed; waiting in a mailbox is not an attempt.
  attempts          integer not null default 0,
  accepted_at       timestamptz not null,
  routed_at         timestamptz not null default clock_timestamp(),
  available_at      timestamptz,
  -- The mailbox shows the delivery from here on: back-off after a failed try, end of the lease after a fetch.
  due_at            timestamptz,
  first_fetched_at  timestamptz,
  fetched_at        timestamptz,
  fetches           integer not null default 0,
  closed_at         timestamptz,
  closed_by         text,
  fail_reason       text,
  -- What the document shows for this receiver, and the furthest of 01-06 reached; null before the first report.
  business          text,
  business_furthest text,
  -- The latest wish to change or take back, and its answer.
  business_change   text constraint delivery_business_change check (business_change in ('asked', 'agreed', 'refused')),
  business_at       timestamptz,
  -- Published again by the sweeper: how often, and when last.
  resends           smallint not null default 0,
  resent_at         timestamptz,
  constraint delivery_due check (state not in ('available', 'fetched') or due_at is not null),
  constraint delivery_once unique (document_id, receiver)
);
-- Urgency as a rising number, so that a row comparison can page through the index.
create index delivery_mailbox on delivery (receiver, kind, (4 - priority), accepted_at, id) where state in ('available', 'fetched');
create index delivery_stalled on delivery (routed_at) where state = 'routed';
create index delivery_failed on delivery (closed_at) where state = 'failed';

-- Append-only history of one document and its deliveries: what the timeline shows.
create table document_event (
  id           bigint generated always as identity primary key,
  document_id  text not null,
  delivery_id  text,
  at           timestamptz not null default clock_timestamp(),
  what         text not null,
  system_id    text,
  details      jsonb not null default '{}'
);
create index document_event_document on document_event (document_id, id);

-- Business states (edXML 6.2), append-only: who, when by their clock, when by ours, why.
create table business_report (
  id           bigint generated always as identity primary key,
  -- Null: the document is unknown to the hub (orphan).
  delivery_id  text references delivery,
  -- The status message that carried it; null when reported by a transport call.
  status_id    text references document,
  code         text not null,
  reporter     text not null,
  system_id    text not null,
  reason       text,
  staff        jsonb,
  via          text not null constraint business_report_via check (via in ('edxml', 'json', 'update-status')),
  reported_at  timestamptz,
  received_at  timestamptz not null default clock_timestamp(),
  -- Does not fit the state reached before: kept and shown, never dropped.
  flagged      boolean not null default false,
  -- What the code was taken for, where that differs: while a change is open some clients write 03 for 15, 02 for 16.
  read_as      text constraint business_report_read_as check (read_as in ('15', '16'))
);
create index business_report_delivery on business_report (delivery_id, id);
create index business_report_status on business_report (status_id);

-- Evidence ----------------------------------------------------------------------------------------------------------

-- The id is fixed when the fact is (from document, delivery or refusal id and kind); `xml` is null until signed.
create table receipt (
  id             text primary key constraint receipt_id_shape check (id ~ '^[0-9a-f]{24}$'),
  kind           text not null constraint receipt_kind check (kind in ('acceptance', 'refusal', 'delivery', 'non-delivery')),
  -- Who gets it.
  system_id      text not null references system,
  agency_code    text,
  document_id    text references document,
  delivery_id    text references delivery,
  refusal_id     text references refusal,
  -- Non-delivery to a receiver for whom no delivery could be made: the code as written, and why.
  receiver       text,
  reason         text,
  created_at     timestamptz not null default clock_timestamp(),
  xml            bytea,
  sha256         bytea,
  issued_at      timestamptz,
  -- Tries of the sweeper that failed: how often, and when last.
  tries          smallint not null default 0,
  tried_at       timestamptz,
  -- Place in the feed; given by one transaction at a time, so that a reader by number misses nothing.
  feed_position  bigint
  -- A receipt of some 2.5 KB stays in its row as it is: compressing it costs more than the disk it saves.
) with (toast_tuple_target = 4080);
create unique index receipt_position on receipt (feed_position) where feed_position is not null;
create index receipt_feed on receipt (system_id, feed_position) where feed_position is not null;
create index receipt_unsigned on receipt (created_at) where issued_at is null;
create index receipt_document on receipt (document_id);

-- Plain rows at the moment of action; the notary numbers and chains them after commit.
create table audit_entry (
  id        bigint generated always as identity primary key,
  at        timestamptz not null default clock_timestamp(),
  actor     text not null,
  action    text not null,
  object    text,
  outcome   text not null,
  details   jsonb not null default '{}',
  -- SHA-256 over the previous row's hash and this row.
  seq       bigint unique,
  hash      bytea
);
create index audit_entry_unchained on audit_entry (id) where seq is null;

-- Idempotency keys: which request a key stands for, and the instant fixed for it at first use.
create table idempotency (
  system_id       text not null references system,
  key             text not null,
  request_sha256  bytea not null,
  created_at      timestamptz not null default now(),
  primary key (system_id, key)
);

-- Event log ---------------------------------------------------------------------------------------------------------

-- Written in the transaction of the change it tells. `position` is given after commit by one sequencer at a time:
-- gapless, and no committed row ever appears below a position already read.
create table outbox (
  id          bigint generated always as identity primary key,
  position    bigint unique,
  topic       text not null,
  key         text not null,
  -- Kafka and the PostgreSQL adapter cut the same way: hash(key) mod partitions.
  partition   integer not null,
  event       jsonb not null,
  created_at  timestamptz not null default clock_timestamp()
);
create index outbox_unpositioned on outbox (id) where position is null;
create index outbox_read on outbox (topic, partition, position) where position is not null;

create table outbox_sequence (
  only_row       boolean primary key default true constraint outbox_sequence_one check (only_row),
  last_position  bigint not null default 0,
  -- Everything up to here is on Kafka (acks=-1).
  relayed        bigint not null default 0
);
insert into outbox_sequence default values;

-- Gives committed rows their position, in the order of their ids, without gaps; null while another process does.
-- A function, because it runs hundreds of times a second and each statement in it sees what was committed before that
-- statement: in a single statement the lock would come after the look at the rows.
create function assign_outbox_positions(row_limit integer) returns integer language plpgsql as $$
declare
  placed integer;
begin
  if not pg_try_advisory_xact_lock(7301001) then
    return null;
  end if;
  -- Safe without waiting for the disk: whoever reads a position commits later in the same write-ahead log.
  perform set_config('synchronous_commit', 'off', true);

  with numbered as (
    select id, row_number() over (order by id) as place
      from (select id from outbox where position is null order by id limit row_limit) as waiting
  ), sequence as (
    update outbox_sequence set last_position = last_position + (select count(*) from numbered)
     where exists (select from numbered)
    returning last_position - (select count(*) from numbered) as base
  ), positioned as (
    update outbox
       set position = sequence.base + numbered.place
      from numbered, sequence
     where outbox.id = numbered.id
    returning outbox.id
  )
  select count(*) into placed from positioned;

  if placed > 0 then
    -- Wakes consumers of other processes; sent from here only, never by intake.
    perform pg_notify('docaxis_outbox', '');
  end if;
  return placed;
end
$$;

-- How far each group has read each partition (PostgreSQL adapter), leased with a fencing number.
create table bus_cursor (
  group_name  text not null,
  topic       text not null,
  partition   integer not null,
  position    bigint not null default 0,
  owner       text,
  fence       bigint not null default 0,
  -- Nobody else takes the partition before: end of the lease, or of the pause after a failed try.
  lease_until timestamptz,
  served_at   timestamptz,
  -- Events of the claim that has not come back. A holder that died with them leaves the number: the next takes half.
  in_hand     integer not null default 0,
  -- Tries of the event behind `position` when it stood alone.
  attempts    integer not null default 0,
  primary key (group_name, topic, partition)
) with (fillfactor = 50);

-- The same two counters for consumers on Kafka, whose positions Kafka keeps.
create table kafka_claim (
  group_name  text not null,
  topic       text not null,
  partition   integer not null,
  head_offset bigint not null,
  in_hand     integer not null,
  attempts    integer not null,
  primary key (group_name, topic, partition)
) with (fillfactor = 50);

create table dead_letter (
  id          text primary key,
  group_name  text not null,
  topic       text not null,
  key         text not null,
  event_id    text not null,
  event       jsonb not null,
  code        text not null,
  reason      text not null,
  attempts    integer not null,
  at          timestamptz not null default clock_timestamp(),
  replayed_at timestamptz,
  constraint dead_letter_once unique (group_name, event_id)
);

-- Signatures and malware in attachments: what is to be checked, what was found, and the evidence behind every verdict.

-- When the signatures inside attachments are checked, and what becomes of a bad one (DESIGN of services/trust).
alter table system
  add column attachment_policy text not null default 'record'
    constraint system_attachment_policy check (attachment_policy in ('before-accept', 'before-deliver', 'record'));

-- Null: deliveries wait for no check. A column of the packet itself, because whoever makes deliveries and whoever ends a
-- check lock this row and must see what the other wrote.
alter table document
  add column attachment_hold text
    constraint document_attachment_hold check (attachment_hold in ('waiting', 'passed', 'refused')),
  -- Why no delivery goes, in words for the sender.
  add column attachment_refusal text,
  add constraint document_attachment_refusal check ((attachment_hold is not distinct from 'refused') = (attachment_refusal is not null));

-- One question about one attachment. A waiting row is due work: due_at is the lease too, so the row of a worker that
-- died falls due again; a try counts as failed until it ends, so that a file that kills its worker is given up.
create table attachment_check (
  document_id  text not null references document,
  -- Place in the envelope's list of attachments, from 0.
  position     integer not null,
  kind         text not null constraint attachment_check_kind check (kind in ('signatures', 'malware')),
  -- Of the attachment itself, unwrapped.
  sha256       bytea not null constraint attachment_check_size check (length(sha256) = 32),
  size_bytes   bigint not null,
  -- Deliveries wait for it.
  holds        boolean not null default false,
  state        text not null constraint attachment_check_state check (state in ('waiting', 'done')),
  -- What was found; while waiting, what the last try found.
  verdict      jsonb,
  attempts     integer not null default 0,
  -- Tries that ended without any verdict: the worker died, or the file made it fail.
  failures     integer not null default 0,
  due_at       timestamptz not null default clock_timestamp(),
  done_at      timestamptz,
  primary key (document_id, position, kind),
  constraint attachment_check_done check ((state = 'done') = (done_at is not null) and (state = 'waiting' or verdict is not null))
);
create index attachment_check_due on attachment_check (due_at) where state = 'waiting';

-- Certificates, revocation lists, OCSP responses and time-stamp tokens that verdicts rest on (V47), each once however
-- many documents name it. Verdicts name them by SHA-256; nothing removes them.
create table evidence (
  sha256     bytea primary key constraint evidence_size check (length(sha256) = 32),
  kind       text not null constraint evidence_kind check (kind in ('certificate', 'crl', 'ocsp', 'token')),
  der        bytea not null,
  stored_at  timestamptz not null default now()
);

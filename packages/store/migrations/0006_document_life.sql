-- Document life (edXML 6.1, 6.2, 9): what acts on an earlier document, and how documents answer each other. Nothing here
-- changes what the release before reads.

-- What an act came to at one receiver of an earlier packet: decided once, under lock, in the transaction that accepts it.
create table effect_outcome (
  -- The packet that acts.
  packet_id    text not null references document,
  -- The packet acted on.
  target_id    text not null references document,
  receiver     text not null,
  action       text not null constraint effect_outcome_action check (action in ('revoke', 'update', 'replace', 'take-back')),
  outcome      text not null constraint effect_outcome_word
                 check (outcome in ('withdrawn', 'asked', 'replaced', 'not-told', 'not-held')),
  -- Does not fit the state that the receiver had reached: kept and delivered, and changes nothing.
  flagged      boolean not null default false,
  -- Null until the target is routed.
  delivery_id  text references delivery,
  decided_at   timestamptz not null default clock_timestamp(),
  primary key (packet_id, target_id, receiver)
);
create index effect_outcome_target on effect_outcome (target_id, receiver);

alter table delivery
  -- What the latest wish is about, which packet brought it, and when.
  add column business_change_kind text
    constraint delivery_business_change_kind check (business_change_kind in ('take-back', 'update', 'revoke')),
  add column business_change_by   text references document,
  add column business_change_at   timestamptz,
  -- The newest document that replaces this one for this receiver.
  add column replaced_by          text references document;

-- Wishes that the receiver still has to answer.
create index delivery_change_open on delivery (receiver, business_change_at) where business_change = 'asked';
-- What was in a mailbox and was withdrawn: its receiver keeps the row, without content.
create index delivery_withdrawn on delivery (receiver, closed_at desc, id desc)
  where state = 'withdrawn' and available_at is not null;

-- "This document answers that one" (ResponseFor). Where nobody has sent the other one, the link stays open.
create table reply_link (
  document_id  text not null references document,
  -- Place in the envelope, from 0.
  position     integer not null,
  -- Directory code of who issued the other one; as written where the directory does not know it.
  agency       text,
  -- Its edXML DocumentId.
  target       text,
  code         text,
  issued_on    date,
  primary key (document_id, position)
);
create index reply_link_target on reply_link (target, agency) where target is not null;

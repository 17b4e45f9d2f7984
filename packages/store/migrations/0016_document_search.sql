-- Searching documents in the console. A job writes these rows from what has been accepted and from the history
-- (packages/store/src/console/documents/search-turn.ts): accepting and routing pay nothing for them.

create table document_search (
  document_id  text primary key references document,
  accepted_at  timestamptz not null,
  sender       text not null,
  -- As resolved at acceptance, and those to whom a reform has moved it.
  receivers    text[] not null,
  issued_on    date,
  -- What a document is found by: words without accents, number, parties, type, urgency; each with a letter for its kind
  -- (packages/store/src/console/documents/search-keys.ts). Lexemes without positions, so that PostgreSQL as it comes
  -- serves, without extensions.
  keys         tsvector not null
);
create index document_search_newest on document_search (accepted_at desc, document_id desc);
create index document_search_issued on document_search (issued_on);
create index document_search_keys on document_search using gin (keys);

-- In which states a document is at any of its receivers, newest first by index.
create table document_mark (
  document_id  text not null references document_search,
  -- `t:` and a transport state, `b:` and a code of edXML 6.2, `late`.
  mark         text not null,
  accepted_at  timestamptz not null,
  primary key (document_id, mark)
);
create index document_mark_newest on document_mark (mark, accepted_at desc, document_id desc);

-- How far the job has read the history.
create table document_search_progress (
  only_row       boolean primary key default true constraint document_search_progress_one check (only_row),
  read_until     timestamptz not null,
  -- How much of it the next turn takes: grows where little happened.
  slice_seconds  integer not null default 60 constraint document_search_progress_slice check (slice_seconds between 1 and 86400)
);

-- Questions that somebody keeps: the query of the list's address.
create table saved_filter (
  id          text primary key constraint saved_filter_id_shape check (id ~ '^[0-9a-f]{24}$'),
  account_id  text not null references account,
  name        text not null constraint saved_filter_name_length check (length(name) between 1 and 100),
  query       text not null constraint saved_filter_query_length check (length(query) <= 2000),
  created_at  timestamptz not null default now(),
  constraint saved_filter_once unique (account_id, name)
);

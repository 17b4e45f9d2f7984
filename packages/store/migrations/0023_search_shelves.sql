-- Searching ten million documents: whatever is asked reads a few rows or one range of an index
-- (packages/store/src/console/documents/DESIGN.md). The job writes everything anew from the history; until it is through,
-- older documents are not found yet, and the release before this one writes nothing.

truncate document_search_progress;
drop table document_mark;
truncate document_search;

-- Documents of one stretch of time, some tens of thousands on each shelf. Keys bear the number of their shelf, so that
-- one shelf after the other is searched, and the beginning of a word gathers the words of one shelf alone.
create table document_shelf (
  no         integer primary key,
  -- The shelf holds what was accepted from here until the next one begins.
  from_at    timestamptz not null constraint document_shelf_once unique,
  -- Put there so far; the last shelf is followed by another once it is full.
  documents  integer not null default 0
);
insert into document_shelf (no, from_at) values (0, '-infinity');

-- Whoever writes a row has just read its document, and documents stay: a foreign key would read each once more.
alter table document_search drop constraint document_search_document_id_fkey;
-- The rows of `document_mark`, to know what they were. The room is for updates that touch no index.
alter table document_search add column marks text[] not null default '{}';
alter table document_search set (fillfactor = 90);
-- Under what a document stands in lists that are read newest first, by index alone: `t:` and a transport state, `b:` and
-- a code of edXML 6.2, `late`, each while it is so at any receiver; `a:` and the code of an agency that sees it. What
-- nearly every document comes to (acknowledged, finished) has no mark: it is found among the newest.
create table document_mark (
  mark         text not null,
  accepted_at  timestamptz not null,
  document_id  text not null,
  primary key (mark, accepted_at, document_id)
);

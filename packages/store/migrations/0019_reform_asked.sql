-- Reforms and requests that are decided in the console: why, by whom, and whom they concern.

alter table reform
  -- Why it was asked for, and why it was called off.
  add column reason        text,
  add column cancel_reason text,
  add column cancelled_by  text,
  -- Agencies that it opens, closes or changes, and who follows: people see the reforms of their scope. Empty for reforms
  -- of an earlier release, which only those see who see the whole hub.
  add column codes         text[] not null default '{}';
create index reform_list on reform (effective_on desc, id);

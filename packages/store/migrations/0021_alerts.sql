-- Alerts: what people of the console want to be told of outside of it, where, and what was told.

-- An address that alerts go to. Of one account: its rules and no others lead there.
create table alert_destination (
  id          text primary key constraint alert_destination_id_shape check (id ~ '^[0-9a-f]{24}$'),
  account_id  text not null references account,
  name        text not null constraint alert_destination_name_length check (length(name) between 1 and 100),
  kind        text not null constraint alert_destination_kind check (kind in ('mail', 'webhook')),
  -- What may be shown: recipients or template, and of the connection only the host.
  shown       jsonb not null constraint alert_destination_size check (length(shown::text) <= 20000),
  -- Server or address with its passwords and tokens: AES-256-GCM, bound to the id above.
  sealed      bytea not null,
  -- Which key file it was sealed with.
  key_id      text not null,
  created_at  timestamptz not null default clock_timestamp(),
  constraint alert_destination_of_account unique (id, account_id)
);
create index alert_destination_account on alert_destination (account_id);

-- Runs with the scope that its account has at that moment, and not at all when the account may not sign in.
create table alert_rule (
  id              text primary key constraint alert_rule_id_shape check (id ~ '^[0-9a-f]{24}$'),
  account_id      text not null references account,
  destination_id  text not null,
  name            text not null constraint alert_rule_name_length check (length(name) between 1 and 100),
  kind            text not null,
  -- Of documents: how many; of certificates and lists: days that are left.
  threshold       integer not null constraint alert_rule_threshold check (threshold between 1 and 10000),
  least_priority  smallint not null default 0 constraint alert_rule_priority check (least_priority between 0 and 4),
  -- Narrower than the scope: these agencies and all below. Empty: the whole scope.
  subtrees        text[] not null default '{}',
  with_subject    boolean not null default false,
  language        text not null default 'vi' constraint alert_rule_language check (language in ('vi', 'en')),
  -- Collects for so long, or until this hour of the day; neither: told at once.
  digest_minutes  smallint constraint alert_rule_digest_minutes check (digest_minutes between 5 and 720),
  digest_hour     smallint constraint alert_rule_digest_hour check (digest_hour between 0 and 23),
  -- Minutes of the day in Asia/Ho_Chi_Minh; the end may lie on the next day.
  quiet_from      smallint constraint alert_rule_quiet_from check (quiet_from between 0 and 1439),
  quiet_to        smallint constraint alert_rule_quiet_to check (quiet_to between 0 and 1439),
  working_days    boolean not null default false,
  enabled         boolean not null default true,
  next_at         timestamptz not null default clock_timestamp(),
  created_at      timestamptz not null default clock_timestamp(),
  constraint alert_rule_destination foreign key (destination_id, account_id) references alert_destination (id, account_id),
  constraint alert_rule_digest check (num_nonnulls(digest_minutes, digest_hour) <= 1),
  constraint alert_rule_quiet check (num_nonnulls(quiet_from, quiet_to) in (0, 2) and quiet_from <> quiet_to)
);
create index alert_rule_account on alert_rule (account_id);
create index alert_rule_destination on alert_rule (destination_id);
create index alert_rule_due on alert_rule (next_at) where enabled;

-- What a rule has found: told once, and again only when it ends and comes back, or grows.
create table alert_condition (
  rule_id       text not null references alert_rule on delete cascade,
  -- The agency, certificate or process that it concerns; empty where it concerns the whole scope.
  key           text not null,
  count         integer not null,
  since         timestamptz not null,
  raised_at     timestamptz not null,
  ended_at      timestamptz,
  -- As far as telling was asked for.
  level         smallint not null,
  urgent        boolean not null,
  -- When it is to be told; null: it has been, or will not be.
  tell_at       timestamptz,
  primary key (rule_id, key)
);

-- One message to one destination: due work under a lease by the database's clock. The id goes with every try.
create table alert_message (
  id              text primary key constraint alert_message_id_shape check (id ~ '^[0-9a-f]{24}$'),
  seq             bigint generated always as identity,
  destination_id  text not null references alert_destination on delete cascade,
  -- Null: somebody tried the destination out.
  rule_id         text references alert_rule on delete set null,
  title           text not null constraint alert_message_title check (length(title) <= 300),
  text            text not null constraint alert_message_text check (length(text) <= 20000),
  link            text,
  count           integer not null,
  urgent          boolean not null,
  -- What the account might see when the message was written: one that sees less by now does not send it.
  rights          text not null,
  state           text not null default 'waiting' constraint alert_message_state check (state in ('waiting', 'sent', 'failed')),
  attempts        integer not null default 0,
  created_at      timestamptz not null default clock_timestamp(),
  due_at          timestamptz not null default clock_timestamp(),
  leased_until    timestamptz,
  give_up_at      timestamptz not null,
  settled_at      timestamptz,
  -- What the other side said to the last try, or why there was none.
  answer          text constraint alert_message_answer check (length(answer) <= 500)
);
create index alert_message_due on alert_message (due_at) where state = 'waiting';
create index alert_message_destination on alert_message (destination_id, seq desc);
create index alert_message_settled on alert_message (settled_at) where state <> 'waiting';

-- Deadlines that were reminded of and are not met yet.
create index deadline_reminded on deadline (due_at) where state = 'open' and step = 1;

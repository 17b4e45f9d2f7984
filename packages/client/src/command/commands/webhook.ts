import { type Command, Option } from 'commander'
import { createWebhooks, type Webhook, type WebhookMessage, type Webhooks } from '../../webhooks.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../exit-codes.ts'
import { facts, table } from '../output.ts'
import { parseCount } from '../parse-count.ts'

/** Webhooks of the calling system. */
export function addWebhookCommand(program: Command, context: () => Context): void {
  addWebhookCommands(program.command('webhook'), context, () => '/webhooks')
}

/** Webhooks of any system, for operators. */
export function addWebhookAdmin(admin: Command, context: () => Context): void {
  const webhook = admin.command('webhook')
  addWebhookCommands(webhook, context, ({ system = '' }) => `/admin/systems/${encodeURIComponent(system)}/webhooks`)
  for (const command of webhook.commands) command.requiredOption('--system <id>', 'whose webhooks')
}

interface WebhookOptions {
  readonly system?: string
  readonly to?: string
  readonly type?: readonly string[]
  readonly note?: string
  readonly enable?: boolean
  readonly disable?: boolean
  readonly overlap?: number
  readonly state?: WebhookMessage['state']
  readonly limit: number
  readonly message?: string
  readonly from?: string
  readonly until?: string
  readonly failed?: boolean
}

type Action = (context: Context, webhooks: Webhooks, argument: string, options: WebhookOptions) => Promise<void>

function addWebhookCommands(
  webhook: Command,
  context: () => Context,
  pathOf: (options: WebhookOptions) => string,
): void {
  webhook.description('where a system is told what waits for it (Standard Webhooks)')

  function add(name: string, description: string, action: Action): Command {
    const command = webhook.command(name).description(description)
    return command.action(async (...given: unknown[]) => {
      const [argument, options] = command.registeredArguments.length > 0 ? given : ['', ...given]
      const made = context()
      const path = pathOf(options as WebhookOptions)
      await action(made, createWebhooks(await made.transport(), path), argument as string, options as WebhookOptions)
    })
  }

  add('list', 'all, with how they are doing', list)
  add('add', 'be told at this address; the secret is shown this once', create)
    .argument('<url>')
    .option('--type <type...>', 'only these, such as delivery.available')
    .option('--note <text>')
  add('set', 'change what is given', change)
    .argument('<webhook>')
    .option('--to <url>')
    .option('--type <type...>', 'they replace those of before')
    .option('--note <text>')
    .option('--enable', 'and forget its failures')
    .option('--disable')
  add('remove', 'with whatever waits for it', remove).argument('<webhook>')
  add('rotate', 'the next secret; it is shown this once', rotate)
    .argument('<webhook>')
    .option('--overlap <hours>', 'how long the one before signs as well', parseCount, 24)
  add('test', 'send a test message', test).argument('<webhook>')
  add('messages', 'what was told, newest first, with its last try', messages)
    .argument('<webhook>')
    .addOption(new Option('--state <state>').choices(['waiting', 'delivered', 'failed']))
    .option('--limit <count>', 'how many', parseCount, 50)
  add('replay', 'send again what was told, under the same ids', replay)
    .argument('<webhook>')
    .option('--message <id>', 'this one')
    .option('--from <time>', 'all since then, RFC 3339')
    .option('--until <time>', 'and before then')
    .option('--failed', 'only what was given up')
}

const list: Action = async (context, webhooks) => {
  const all = await webhooks.list()
  const { words } = context
  context.answer(all, () =>
    all.length === 0 ? [words.say('noWebhooks')] : table([words.say('webhookHead').split(','), ...all.map(webhookRow)]),
  )
}

function webhookRow({ id, url, state, breaker, waiting, failed, lastFailure, disabledReason }: Webhook): string[] {
  const doing = state === 'disabled' ? state : breaker
  return [id, doing, String(waiting), String(failed), url ?? '(relay)', disabledReason ?? lastFailure ?? '']
}

const create: Action = async (context, webhooks, url, { type = [], note }) => {
  const made = await webhooks.add({ url, types: type, ...(note !== undefined && { description: note }) })
  context.answer(made, () =>
    facts([
      ['webhook', made.id],
      [context.words.say('secretOnce'), made.secret],
    ]),
  )
}

const change: Action = async (context, webhooks, id, { to, type, note, enable, disable }) => {
  const changed = await webhooks.change(id, {
    ...(to !== undefined && { url: to }),
    ...(type !== undefined && { types: type }),
    ...(note !== undefined && { description: note }),
    ...(enable && { state: 'active' as const }),
    ...(disable && { state: 'disabled' as const }),
  })
  context.answer(changed, () => table([webhookRow(changed)]))
}

const remove: Action = async (context, webhooks, id) => {
  await webhooks.remove(id)
  context.answer({ removed: id }, () => [`${context.words.say('removed')}: ${id}`])
}

const rotate: Action = async (context, webhooks, id, { overlap }) => {
  const issued = await webhooks.rotate(id, overlap)
  context.answer(issued, () => facts([[context.words.say('secretOnce'), issued.secret]]))
}

const test: Action = async (context, webhooks, id) => {
  const messageId = await webhooks.test(id)
  context.answer({ messageId }, () => [messageId])
}

const messages: Action = async (context, webhooks, id, { state, limit }) => {
  const found: WebhookMessage[] = []
  for await (const message of webhooks.messages(id, { ...(state && { state }) })) {
    if (found.length >= limit) break
    found.push(message)
  }
  const { words } = context
  context.answer(found, () =>
    table([words.say('webhookMessageHead').split(','), ...found.map(one => messageRow(context, one))]),
  )
}

function messageRow({ words }: Context, message: WebhookMessage): string[] {
  const { id, createdAt, type, state, attempts, lastAttempts } = message
  const last = lastAttempts[0]
  return [id, words.time(createdAt), type, state, String(attempts), last?.failure ?? String(last?.status ?? '')]
}

const replay: Action = async (context, webhooks, id, { message, from, until, failed }) => {
  if (message === undefined && from === undefined && !failed) {
    throw new UsageError('say what: --message, --from or --failed', 'hãy chọn --message, --from hoặc --failed')
  }
  const count =
    message !== undefined
      ? await webhooks.replayMessage(id, message)
      : await webhooks.replay(id, {
          from: from ?? new Date(0).toISOString(),
          failedOnly: failed === true,
          ...(until !== undefined && { to: until }),
        })
  context.answer({ replayed: count }, () => [`${context.words.say('replayed')}: ${count}`])
}

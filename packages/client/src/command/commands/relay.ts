import type { Command } from 'commander'
import { createRelayState, findRelayState, type RelayState } from '../../relay/relay-state.ts'
import { runRelay } from '../../relay/run-relay.ts'
import { createRelayCalls, createWebhooks } from '../../webhooks.ts'
import type { Context } from '../context.ts'
import { UsageError } from '../exit-codes.ts'
import { parseCount } from '../parse-count.ts'

interface RelayCommandOptions {
  readonly to: string
  readonly state: string
  readonly envelopes?: boolean
  readonly once?: boolean
  readonly type?: readonly string[]
  readonly every: number
}

export function addRelayCommand(program: Command, context: () => Context): void {
  program
    .command('relay')
    .description('pass webhook messages on to an address of this office that nobody outside can call')
    .requiredOption('--to <url>', 'where the signed messages are posted')
    .option('--state <file>', 'what the relay remembers, its secret included', 'docaxis-relay.json')
    .option('--envelopes', 'post the envelopes too, and acknowledge them once they were taken')
    .option('--type <type...>', 'only these, such as delivery.available; settled at the first start')
    .option('--every <seconds>', 'pause while nothing waits', parseCount, 5)
    .option('--once', 'end when nothing waits any more')
    .action(options => relay(context(), options))
}

async function relay(context: Context, options: RelayCommandOptions): Promise<void> {
  if (!URL.canParse(options.to))
    throw new UsageError(`${options.to} is no address`, `${options.to} không phải là địa chỉ`)
  const stateFile = context.file(options.state)
  const transport = await context.transport()
  const state = (await findRelayState(stateFile)) ?? (await register(context, stateFile, options.type))
  if (state.memory.url !== context.url) {
    throw new UsageError(
      `${options.state} belongs to ${state.memory.url}: give another file with --state`,
      `${options.state} thuộc về ${state.memory.url}: chọn tệp khác bằng --state`,
    )
  }
  const { signal, release } = endedBySignal()
  try {
    await runRelay({
      calls: createRelayCalls(transport),
      client: await context.client(),
      state,
      stateFile,
      to: options.to,
      envelopes: options.envelopes === true,
      pauseMs: options.every * 1_000,
      once: options.once === true,
      signal,
      onOutcome: ({ messageId, type }, outcome) => context.record({ messageId, type, ...outcome }),
      onTrouble: ({ message }) => context.record({ trouble: message }),
    })
  } finally {
    release()
  }
}

/** The first start: a webhook without an address, known by this file from now on. */
async function register(context: Context, file: string, types: readonly string[] = []): Promise<RelayState> {
  const webhooks = createWebhooks(await context.transport())
  const { id: webhookId, secret } = await webhooks.add({ url: null, description: 'docaxis relay', types })
  return createRelayState(file, { url: context.url, webhookId, secret, taken: [] })
}

/** The message in hand is finished first. */
function endedBySignal(): { readonly signal: AbortSignal; readonly release: () => void } {
  const ending = new AbortController()
  const end = () => ending.abort()
  const names = ['SIGTERM', 'SIGINT'] as const
  for (const name of names) process.once(name, end)
  return {
    signal: ending.signal,
    release: () => {
      for (const name of names) process.off(name, end)
    },
  }
}

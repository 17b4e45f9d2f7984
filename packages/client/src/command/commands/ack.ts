import type { Command } from 'commander'
import type { AckResult } from '../../answers.ts'
import type { Context } from '../context.ts'

export function addAckCommand(program: Command, context: () => Context): void {
  program
    .command('ack')
    .description('tell the sender that deliveries are stored, or could not be')
    .argument('<delivery...>')
    .option('--failed <reason>', 'they could not be stored, and why')
    .action((deliveryIds: readonly string[], options: { readonly failed?: string }) =>
      acknowledge(context(), deliveryIds, options.failed),
    )
}

async function acknowledge(context: Context, deliveryIds: readonly string[], failed?: string): Promise<void> {
  const { words } = context
  const client = await context.client()
  const result: AckResult = failed === undefined ? { result: 'stored' } : { result: 'failed', reason: failed }
  const answers: unknown[] = []
  for (const id of deliveryIds) answers.push(await client.ack(id, result))
  context.answer(answers, () => [words.say(failed === undefined ? 'acknowledged' : 'ackFailed')])
}

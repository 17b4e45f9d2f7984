import type { Command } from 'commander'
import type { Page } from '../../../answers.ts'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { table } from '../../output.ts'

interface HeldAnswer {
  readonly id: string
  readonly documentId: string
  readonly sender: string
  readonly receiver: string
  readonly reasons: readonly string[]
  readonly heldAt: string
}

export function addHeldCommands(trust: Command, context: () => Context): void {
  const held = trust.command('held').description('deliveries that wait for a decision')
  held
    .command('list')
    .description('oldest first, and why')
    .action(() => listHeld(context()))
  held
    .command('release')
    .description('put it into its mailbox after all')
    .argument('<delivery>')
    .action(id => decide(context(), id, 'release', {}))
  held
    .command('refuse')
    .description('deliver it never; the sender gets a receipt of non-delivery')
    .argument('<delivery>')
    .requiredOption('--reason <text>', 'the sender reads it')
    .action((id, options) => decide(context(), id, 'refuse', options))
}

async function listHeld(context: Context): Promise<void> {
  const { words } = context
  const transport = await context.transport()
  const { items } = await transport.json<Page<HeldAnswer>>({ path: '/admin/held-deliveries' })
  context.answer(items, () =>
    items.length === 0
      ? [words.say('nothingHeld')]
      : table(
          items.map(({ id, documentId, sender, receiver, reasons, heldAt }) => [
            id,
            documentId,
            `${sender} → ${receiver}`,
            words.time(heldAt),
            reasons.join(','),
          ]),
        ),
  )
}

async function decide(context: Context, id: string, verb: 'release' | 'refuse', body: object): Promise<void> {
  const transport = await context.transport()
  await transport.send(postJson(`/admin/held-deliveries/${encodeURIComponent(id)}/${verb}`, body))
  context.answer({ id, [`${verb}d`]: true }, () => [
    context.words.transport(verb === 'release' ? 'available' : 'failed'),
  ])
}

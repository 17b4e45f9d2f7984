import { type Command, Option } from 'commander'
import type { InboxItem } from '../../answers.ts'
import type { InboxQuery } from '../../queries.ts'
import type { Context } from '../context.ts'
import { lifeWords } from '../life-words.ts'
import { table } from '../output.ts'
import type { Words } from '../words.ts'

export function addInboxCommand(program: Command, context: () => Context): void {
  program
    .command('inbox')
    .description('what waits to be fetched, urgent first')
    .option('--agency <code>', 'only for this agency')
    .addOption(new Option('--kind <kind>').choices(['document', 'status']))
    .option('--withdrawn', 'what senders withdrew before it was fetched')
    .action(({ withdrawn, ...query }) => (withdrawn ? listWithdrawn(context(), query) : inbox(context(), query)))
}

async function listWithdrawn(context: Context, { agency }: InboxQuery): Promise<void> {
  const { words } = context
  const client = await context.client()
  const items = await Array.fromAsync(client.withdrawn(agency === undefined ? {} : { agency }))
  context.answer(items, () =>
    items.length === 0
      ? [words.pick(lifeWords.nothingWithdrawn)]
      : table(
          items.map(({ deliveryId, sender, receiver, documentId, withdrawnAt, note }) => [
            deliveryId,
            sender,
            receiver,
            words.time(withdrawnAt),
            words.pick(note),
            documentId,
          ]),
        ),
  )
}

async function inbox(context: Context, query: InboxQuery): Promise<void> {
  const client = await context.client()
  const items = await Array.fromAsync(client.inbox(query))
  context.answer(items, () => inboxLines(items, context.words))
}

function inboxLines(items: readonly InboxItem[], words: Words): string[] {
  if (items.length === 0) return [words.say('emptyInbox')]
  const rows = items.map(item => [
    item.deliveryId,
    words.say(item.kind),
    item.sender,
    item.receiver,
    words.priority(item.priority),
    item.subject ?? item.documentId,
  ])
  return table([words.say('inboxHead').split(','), ...rows])
}

import type { Command } from 'commander'
import type { ThreadEntry } from '../../life-answers.ts'
import type { Context } from '../context.ts'
import { lifeWords } from '../life-words.ts'
import { table } from '../output.ts'
import type { Words } from '../words.ts'

export function addThreadCommand(program: Command, context: () => Context): void {
  program
    .command('thread')
    .description('what hangs together with a document by replies and replacements, oldest first')
    .argument('<document>', "the hub's id")
    .action(id => showThread(context(), id))
}

async function showThread(context: Context, id: string): Promise<void> {
  const client = await context.client()
  const entries = await client.thread(id)
  context.answer(entries, () => threadLines(entries, context.words))
}

function threadLines(entries: readonly ThreadEntry[], words: Words): string[] {
  const nameOf = new Map(entries.map(entry => [entry.id, entry.documentId]))
  const about = (word: keyof typeof lifeWords, ids: readonly string[]) =>
    ids.length === 0 ? [] : [`${words.pick(lifeWords[word])} ${ids.map(id => nameOf.get(id)).join(', ')}`]
  return table(
    entries.map(entry => [
      words.time(entry.acceptedAt),
      entry.id,
      entry.sender,
      entry.subject ?? entry.documentId,
      [...about('answers', entry.answers), ...about('replaces', entry.replaces)].join('; '),
    ]),
  )
}

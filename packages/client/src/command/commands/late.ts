import { type Command, Option } from 'commander'
import type { OwedDeadline } from '../../answers.ts'
import type { DeadlineQuery } from '../../queries.ts'
import type { Context } from '../context.ts'
import { table } from '../output.ts'
import { parseCount } from '../parse-count.ts'
import type { Words } from '../words.ts'

interface LateOptions extends Pick<DeadlineQuery, 'kind' | 'agency'> {
  readonly owedToUs?: boolean
  readonly within?: number
}

export function addLateCommand(program: Command, context: () => Context): void {
  program
    .command('late')
    .description('deadlines that your agencies have missed, the earliest first')
    .option('--owed-to-us', 'what others owe for the documents that your agencies sent')
    .option('--within <hours>', 'what is not late yet but due within so many hours', parseCount)
    .addOption(new Option('--kind <kind>').choices(['fetch', 'acknowledge', 'finish']))
    .option('--agency <code>', 'only of this agency')
    .action(options => late(context(), options))
}

async function late(context: Context, { owedToUs, within, ...query }: LateOptions): Promise<void> {
  const client = await context.client()
  const role = owedToUs ? 'sender' : 'receiver'
  const standing = within === undefined ? 'late' : 'due'
  const deadlines = await Array.fromAsync(client.deadlines({ ...query, role, standing, hours: within }))
  context.answer(deadlines, () => lateLines(deadlines, context.words))
}

export function lateLines(deadlines: readonly OwedDeadline[], words: Words): string[] {
  if (deadlines.length === 0) return [words.say('nothingLate')]
  const rows = deadlines.map(deadline => [
    deadline.deliveryId,
    deadline.sender,
    deadline.receiver,
    words.time(deadline.dueAt),
    deadline.lateMinutes === null ? '' : words.duration(deadline.lateMinutes),
    [words.pick(deadline.why), deadline.subject ?? deadline.documentId].join(' · '),
  ])
  return table([words.say('lateHead').split(','), ...rows])
}

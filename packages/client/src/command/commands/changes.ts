import { Argument, type Command } from 'commander'
import type { Context } from '../context.ts'
import { changeWords, lifeWords } from '../life-words.ts'
import { table } from '../output.ts'

/** What senders wish for after they have sent, and how it is answered. */
export function addChangeCommands(program: Command, context: () => Context): void {
  program
    .command('changes')
    .description('take-backs, updates and revocations that your agencies must answer')
    .option('--waiting', 'what your agencies wait for instead')
    .option('--agency <code>', 'only of this agency')
    .action(options => changes(context(), options))
  program
    .command('answer')
    .description('answer a take-back, an update or a revocation (15 agree, 16 refuse)')
    .argument('<delivery>')
    .addArgument(new Argument('<answer>').choices(['agree', 'refuse']))
    .option('--reason <text>', 'why; needed to refuse')
    .option('--staff <name>')
    .action((deliveryId, answer, options) => giveAnswer(context(), deliveryId, answer, options))
}

interface ChangesOptions {
  readonly waiting?: boolean
  readonly agency?: string
}

async function changes(context: Context, { waiting, agency }: ChangesOptions): Promise<void> {
  const { words } = context
  const client = await context.client()
  const role = waiting ? 'sender' : 'receiver'
  const open = await Array.fromAsync(client.changes({ role, ...(agency && { agency }) }))
  context.answer(open, () =>
    open.length === 0
      ? [words.pick(lifeWords.nothingOpen)]
      : table(
          open.map(change => [
            change.deliveryId,
            words.pick(changeWords[change.kind]),
            change.sender,
            change.receiver,
            change.askedAt ? words.time(change.askedAt) : '',
            change.documentId,
          ]),
        ),
  )
}

interface AnswerOptions {
  readonly reason?: string
  readonly staff?: string
}

async function giveAnswer(
  context: Context,
  deliveryId: string,
  answer: 'agree' | 'refuse',
  { reason, staff: name }: AnswerOptions,
): Promise<void> {
  const { words } = context
  const code = answer === 'agree' ? '15' : '16'
  const client = await context.client()
  const given = await client.status(deliveryId, { code, ...(reason && { reason }), ...(name && { staff: { name } }) })
  context.answer(given, () => [`${words.say('reported')}: ${words.business(code)} (${code})`])
}

import type { Command } from 'commander'
import { type ConformanceStep, type ConformanceWish, createConformance, type Scorecard } from '../../conformance.ts'
import { type PlayOptions, play } from '../conformance/play.ts'
import type { Context } from '../context.ts'
import { exitCodes, UsageError } from '../exit-codes.ts'
import { facts } from '../output.ts'
import { parseCount } from '../parse-count.ts'
import { printable } from '../printable.ts'
import type { Words } from '../words.ts'

interface Whose {
  readonly system?: string
}

interface RunOptions extends PlayOptions, ConformanceWish, Whose {
  readonly new?: boolean
}

const whose = ['--system <id>', "another system than your own; an operator's token"] as const

/** The script that a test hub plays with an e-office system. */
export function addConformanceCommand(program: Command, context: () => Context): void {
  const conformance = program
    .command('conformance')
    .description('play the script of messages with an e-office system on a test hub, and see its scorecard')
  conformance
    .command('run')
    .description('begin, or go on with an open run, until every step is decided')
    .option(...whose)
    .option('--agency <code>', "which of the system's agencies plays along; its first unless told")
    .option('--large-bytes <bytes>', 'size of the large file', parseCount)
    .option(
      '--hook <command>',
      'run before each look: has the sandbox do one turn; the scorecard is on its standard input',
    )
    .option('--webhook <url>', 'the same by a POST of the scorecard')
    .option('--every <seconds>', 'pause between two looks', parseCount, 2)
    .option('--within <seconds>', 'what did not come by then has failed; waits for ever unless told', parseCount)
    .option('--new', 'begin anew although a run is open')
    .action((options: RunOptions) => run(context(), options))
  conformance
    .command('show')
    .description('the newest scorecard, as it was left')
    .option(...whose)
    .action((options: Whose) => show(context(), options))
  conformance
    .command('finish')
    .description('end the open run: what had its turn and did not come has failed')
    .option(...whose)
    .action((options: Whose) => finish(context(), options))
}

async function run(context: Context, { new: anew, agency, largeBytes, system, ...options }: RunOptions): Promise<void> {
  const conformance = createConformance(await context.transport(), system)
  const newest = anew ? undefined : (await conformance.list())[0]
  const wish = { ...(agency !== undefined && { agency }), ...(largeBytes !== undefined && { largeBytes }) }
  const begun = newest?.endedAt === null ? newest : await conformance.start(wish)
  report(context, await play(conformance, begun, options, teller(context)))
}

async function show(context: Context, { system }: Whose): Promise<void> {
  const conformance = createConformance(await context.transport(), system)
  report(context, await newestOf(conformance.list()))
}

async function finish(context: Context, { system }: Whose): Promise<void> {
  const conformance = createConformance(await context.transport(), system)
  const { id } = await newestOf(conformance.list())
  report(context, await conformance.finish(id))
}

async function newestOf(list: Promise<readonly Scorecard[]>): Promise<Scorecard> {
  const [newest] = await list
  if (newest) return newest
  throw new UsageError('no run yet: docaxis conformance run', 'chưa có lần kiểm thử nào: chạy docaxis conformance run')
}

function report(context: Context, card: Scorecard): void {
  context.answer(card, () => scorecardLines(card, context.words))
  if (card.failed > 0) context.exit(exitCodes.refused)
  else if (card.waiting > 0) context.exit(exitCodes.tryLater)
}

/** Each change of a step at once, on standard error: a run may wait for hours. */
function teller({ words }: Context): (card: Scorecard) => void {
  const told = new Map<string, string>()
  return ({ steps }) => {
    for (const step of steps) {
      const line = stepLine(step, words)
      if (told.get(step.step) === line) continue
      told.set(step.step, line)
      process.stderr.write(`${printable(line)}\n`)
    }
  }
}

const marks = { passed: '[ok]', failed: '[FAULT]', waiting: '[...]' } as const

function stepLine({ step, title, verdict, came }: ConformanceStep, words: Words): string {
  return `${marks[verdict]} ${step}: ${words.pick(title)}: ${words.pick(came)}`
}

function scorecardLines(card: Scorecard, words: Words): string[] {
  const { system, agency, counterpart, locked, passed, failed, waiting, steps } = card
  return [
    `${system} (${agency}): ${passed} [ok], ${failed} [FAULT], ${waiting} [...]`,
    ...facts([
      ['counterpart', counterpart],
      ['locked', locked],
    ]),
    ...steps.flatMap(step => [stepLine(step, words), ...(step.verdict === 'passed' ? [] : openLines(step, words))]),
  ]
}

function openLines({ expected, fix, details }: ConformanceStep, words: Words): string[] {
  return [
    `    ${words.say('expected')}: ${words.pick(expected)}`,
    ...Object.entries(details).map(([name, value]) => `    ${name}: ${String(value)}`),
    ...(fix ? [`    ${words.say('fix')}: ${words.pick(fix)}`] : []),
  ]
}

import { Argument, type Command } from 'commander'
import type { StatusReport } from '../../answers.ts'
import type { Context } from '../context.ts'

interface StatusOptions {
  readonly reason?: string
  readonly staff?: string
  readonly department?: string
  readonly email?: string
  readonly mobile?: string
  readonly idempotencyKey?: string
}

const statusCodes = ['01', '02', '03', '04', '05', '06', '15', '16'] as const

export function addStatusCommand(program: Command, context: () => Context): void {
  program
    .command('status')
    .description('report what became of a document: 01 arrived, 02 refused, 03 accepted, … 06 finished')
    .argument('<delivery>')
    .addArgument(new Argument('<code>').choices(statusCodes))
    .option('--reason <text>', 'why; needed for 02 and 16')
    .option('--staff <name>')
    .option('--department <name>')
    .option('--email <address>')
    .option('--mobile <number>')
    .option('--idempotency-key <key>', 'the same key is one report, however often it is sent')
    .action((deliveryId, code, options) => report(context(), deliveryId, code, options))
}

async function report(
  context: Context,
  deliveryId: string,
  code: StatusReport['code'],
  options: StatusOptions,
): Promise<void> {
  const { words } = context
  const { reason, idempotencyKey, staff: name, department, email, mobile } = options
  const staff = { name, department, email, mobile }
  const hasStaff = Object.values(staff).some(value => value !== undefined)
  const client = await context.client()
  const answer = await client.status(deliveryId, {
    code,
    ...(reason && { reason }),
    ...(idempotencyKey && { idempotencyKey }),
    ...(hasStaff && { staff }),
  })
  context.answer(answer, () => [`${words.say('reported')}: ${words.business(code)} (${code})`])
}

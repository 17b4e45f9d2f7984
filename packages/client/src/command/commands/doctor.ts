import type { Command } from 'commander'
import type { Context } from '../context.ts'
import type { CheckResult } from '../doctor/check.ts'
import { examine } from '../doctor/examine.ts'
import { examineVxp } from '../doctor/vxp-calls.ts'
import { exitCodes } from '../exit-codes.ts'
import { facts, table } from '../output.ts'

export function addDoctorCommand(program: Command, context: () => Context): void {
  program
    .command('doctor')
    .description('check this machine and the settings of the hub; says what to fix')
    .option('--vxp <system>', "instead, the last VXP calls of a system and why they were refused; an operator's token")
    .action(({ vxp }: { readonly vxp?: string }) =>
      vxp === undefined ? doctor(context()) : examineVxp(context(), vxp),
    )
}

async function doctor(context: Context): Promise<void> {
  const { settings, checks } = await examine(context.env, context.url)
  context.answer({ settings, checks }, () => [
    `${context.words.say('settings')}:`,
    ...facts(settings.map(({ name, value }) => [name, value])),
    '',
    ...table(checks.map(check => [marks[check.state], check.name, check.fact])),
    ...checks.filter(check => check.fix).map(check => `${context.words.say('fix')}: ${check.name}: ${check.fix}`),
    context.words.say(checks.some(isFault) ? 'doctorBad' : 'doctorGood'),
  ])
  if (checks.some(isFault)) context.exit(exitCodes.usage)
}

const isFault = (check: CheckResult): boolean => check.state === 'fault'

const marks = { ok: '[ok]', note: '[note]', fault: '[FAULT]', skipped: '[-]' } as const

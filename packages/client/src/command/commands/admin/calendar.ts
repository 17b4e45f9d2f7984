import type { Command } from 'commander'
import type { OwedDeadline, Page } from '../../../answers.ts'
import { eachItem } from '../../../paging.ts'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { table } from '../../output.ts'
import { lateLines } from '../late.ts'

interface CalendarAnswer {
  readonly standardHours: string
  readonly years: readonly {
    readonly year: number
    readonly source: 'release' | 'operator'
    readonly confirmed: boolean
    readonly holidays: readonly { readonly from: string; readonly to: string; readonly name: string }[]
    readonly swaps: readonly { readonly off: string; readonly work: string }[]
  }[]
  readonly hours: readonly { readonly agency: string; readonly hours: string }[]
}

export function addCalendarAdmin(admin: Command, context: () => Context): void {
  admin
    .command('late')
    .description('deadlines of all agencies that have passed')
    .option('--receiver <code>')
    .option('--sender <code>')
    .action(query => late(context(), query))
  admin
    .command('calendar')
    .description('holidays and exchanged days by year, working hours by agency')
    .action(() => show(context()))
  admin
    .command('put-year')
    .description('put in the holidays of one year from a JSON file like packages/calendar/data/2025.json')
    .argument('<file>')
    .action(name => putYear(context(), name))
  admin
    .command('put-hours')
    .description('set the working hours of an agency and of all below it; without hours those from above are kept')
    .argument('<code>')
    .argument('[hours]', 'such as "Mo-Fr 07:00-11:30,13:30-17:00; Sa 07:30-11:30"')
    .action((code, hours) => putHours(context(), code, hours))
}

async function late(context: Context, query: { readonly receiver?: string; readonly sender?: string }): Promise<void> {
  const transport = await context.transport()
  const page = (after: string | undefined) =>
    transport.json<Page<OwedDeadline>>({ path: '/admin/deadlines', query: { ...query, after } })
  const deadlines = await Array.fromAsync(eachItem(page))
  context.answer(deadlines, () => lateLines(deadlines, context.words))
}

async function show(context: Context): Promise<void> {
  const transport = await context.transport()
  const calendar = await transport.json<CalendarAnswer>({ path: '/admin/calendar' })
  context.answer(calendar, () => calendarLines(calendar, context))
}

function calendarLines({ years, hours, standardHours }: CalendarAnswer, { words }: Context): string[] {
  const days = years.flatMap(({ year, confirmed, holidays, swaps }) => [
    [String(year), words.say(confirmed ? 'confirmed' : 'notConfirmed')],
    ...holidays.map(({ from, to, name }) => ['', from === to ? from : `${from} – ${to}`, name]),
    ...swaps.map(({ off, work }) => ['', `${off} ↔ ${work}`, words.say('exchanged')]),
  ])
  return [...table(days), ...table([['*', standardHours], ...hours.map(one => [one.agency, one.hours])])]
}

async function putYear(context: Context, name: string): Promise<void> {
  const { year, confirmed, holidays, swaps } = JSON.parse(await (await context.blob(name)).text())
  const transport = await context.transport()
  const path = `/admin/calendar/years/${encodeURIComponent(year)}`
  await transport.send({ ...postJson(path, { confirmed, holidays, swaps }), method: 'PUT' })
  context.answer({ year }, () => [`${context.words.say('written')}: ${year}`])
}

async function putHours(context: Context, code: string, hours: string | undefined): Promise<void> {
  const transport = await context.transport()
  const path = `/admin/calendar/hours/${encodeURIComponent(code)}`
  await transport.send({ ...postJson(path, { hours: hours ?? null }), method: 'PUT' })
  context.answer({ code, hours: hours ?? null }, () => [`${context.words.say('written')}: ${code}`])
}

import { type Command, Option } from 'commander'
import type { Agency } from '../../answers.ts'
import type { AgencyQuery } from '../../queries.ts'
import type { Context } from '../context.ts'
import { table } from '../output.ts'
import { parseCount } from '../parse-count.ts'
import type { Words } from '../words.ts'

export function addAgenciesCommand(program: Command, context: () => Context): void {
  program
    .command('agencies')
    .description('the directory: codes, names, levels')
    .argument('[code]', 'one agency, by its code of 2020, of 2016, or an old one')
    .option('--search <words>', 'part of the name or code')
    .addOption(new Option('--level <level>').choices(['central', 'province', 'district', 'commune']))
    .option('--parent <code>')
    .option('--since <version>', 'what changed after this version of the directory, removed agencies too', parseCount)
    .action((code, query) => (code === undefined ? list(context(), query) : show(context(), code)))
}

async function list(context: Context, query: AgencyQuery): Promise<void> {
  const client = await context.client()
  const agencies = await Array.fromAsync(client.agencies(query))
  context.answer(agencies, () => agencyLines(agencies, context.words))
}

async function show(context: Context, code: string): Promise<void> {
  const client = await context.client()
  const agency = await client.agency(code)
  context.answer(agency, () => agencyLines([agency], context.words))
}

function agencyLines(agencies: readonly Agency[], words: Words): string[] {
  if (agencies.length === 0) return [words.say('emptyAgencies')]
  const rows = agencies.map(agency => [
    agency.code,
    words.level(agency.level),
    agency.name,
    agency.parent ?? '',
    note(agency, words),
  ])
  return table([words.say('agencyHead').split(','), ...rows])
}

function note(agency: Agency, words: Words): string {
  if (agency.validTo) {
    const closed = `${words.say('closed')} ${agency.validTo}`
    const next = agency.successor ?? agency.choices?.join(' | ')
    return next ? `${closed}; ${words.say('successor')} ${next}` : closed
  }
  return agency.connected === false ? words.say('notConnected') : ''
}

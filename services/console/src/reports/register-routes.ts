import { HubError } from '@docaxis/errors'
import {
  mostRegistered,
  putRegisterTotals,
  type RegisterEntry,
  type RegisterSource,
  type RegisterTotal,
  recordAudit,
  registerHistory,
} from '@docaxis/store'
import { codesWithin, type RegisterRow, type Role, registerRows } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf, everyRole, type Person } from '../access/person.ts'
import type { Console } from '../console.ts'
import { monthOf, monthsFrom } from './months.ts'
import { readRegisterFile } from './register-file.ts'
import { agencyCode, month } from './report-query.ts'

/** Whoever works at the hub or for a part of it; those who only look do not enter. */
const enterers: readonly Role[] = ['operator', 'administrator']

const perPage = 100
const longestHistory = 200

/** Ten thousand agencies over a year take some 3 MB. */
const mostFileBytes = 8 * 1024 * 1024

/** Faults told at once; the sum says how many there are. */
const mostFaults = 100

const count = Type.Union([Type.Integer({ minimum: 0, maximum: mostRegistered }), Type.Null()])

/** Totals of registers: what the electronic exchange is a share of. */
export const registerRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, now } = console

  const querystring = Type.Object({ month: Type.Optional(month), after: Type.Optional(agencyCode) })
  app.get('/register-totals', { config: { may: everyRole }, schema: { querystring } }, async request => {
    // The month before is what is entered now.
    const { month: asked = monthsFrom(monthOf(now()), -1), after } = request.query
    const wish = { month: asked, limit: perPage + 1, ...(after && { after }) }
    const rows = await registerRows(database, request.person.scope, wish)
    const items = rows.slice(0, perPage).map(shown)
    return { month: asked, items, next: rows.length > perPage ? (items.at(-1)?.agency ?? null) : null }
  })

  const agency = Type.Object({ code: agencyCode })
  app.get('/register-totals/:code', { config: { may: everyRole }, schema: { params: agency } }, async request => {
    const { code } = request.params
    await refuseOutside(console, request.person, [code])
    return { items: (await registerHistory(database, code, { limit: longestHistory })).map(shown) }
  })

  const entry = {
    config: { may: enterers },
    schema: {
      params: Type.Object({ code: agencyCode, month }),
      body: Type.Object({ outgoing: count, incoming: count }, { additionalProperties: false }),
    },
  }
  app.put('/register-totals/:code/:month', entry, async (request, reply) => {
    const { code, month: of } = request.params
    await refuseOutside(console, request.person, [code])
    const { outgoing, incoming } = request.body
    await keep(console, request.person, 'form', [{ agency: code, month: of, outgoing, incoming }])
    return reply.code(204).send()
  })

  const upload = {
    config: { may: enterers },
    bodyLimit: mostFileBytes,
    schema: { body: Type.Object({ file: Type.String() }, { additionalProperties: false }) },
  }
  app.post('/register-totals', upload, async request => {
    const { scope } = request.person
    const { totals, faults } = await readRegisterFile(request.body.file, {
      present: monthOf(now()),
      known: codes => codesWithin(database, scope, codes),
    })
    const told = faults.toSorted((left, right) => left.line - right.line).slice(0, mostFaults)
    if (faults.length > 0) return { written: 0, unchanged: 0, faults: told, faultCount: faults.length }
    const written = await keep(console, request.person, 'csv', totals)
    return { written, unchanged: totals.length - written, faults: [], faultCount: 0 }
  })
}

/** @throws HubError `NOT_FOUND` for an agency outside the scope and for none alike */
async function refuseOutside({ database }: Console, { scope }: Person, codes: readonly string[]): Promise<void> {
  const known = await codesWithin(database, scope, codes)
  if (codes.some(code => !known.has(code))) throw new HubError('NOT_FOUND', 'there is no such agency within the scope')
}

/** All of them or none, with a row in the audit log. */
function keep(
  { database }: Console,
  person: Person,
  source: RegisterSource,
  totals: readonly RegisterTotal[],
): Promise<number> {
  const actor = actorOf(person)
  return database.transaction(async tx => {
    const written = await putRegisterTotals(tx, totals, { source, enteredBy: actor })
    const [only] = totals.length === 1 ? totals : []
    const details = only ? { source, month: only.month } : { source, lines: totals.length, written: written.length }
    const about = only && { object: only.agency }
    await recordAudit(tx, { actor, action: 'register-total.put', ...about, outcome: 'done', details })
    return written.length
  })
}

type Shown<Entry> = Omit<Entry, 'enteredAt' | 'replacedAt'>

function shown<Entry extends RegisterRow | RegisterEntry>(entry: Entry): Shown<Entry> & { readonly enteredAt: string } {
  return { ...entry, enteredAt: entry.enteredAt.toISOString() }
}

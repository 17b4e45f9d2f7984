import {
  addSources,
  bindCertificate,
  bindSystemAgency,
  createSystem,
  insertDeadLetter,
  listSources,
  recordSourceFailure,
  registerAuthority,
} from '@docaxis/store'
import { codesInScope, emptyScope, type Scope, takeSearchTurn, takeTrafficTurn } from '@docaxis/store/console'
import { daysFromNoon, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { attentionPath, flowPath, hourPath, latePath, ribbonPath, trafficSteps } from '../web/src/now/links.ts'
import type { Flow, NowView, PulsePoint } from '../web/src/now/now-view.ts'
import { hourSums } from '../web/src/now/pulse-lines.ts'
import { authoritiesOf, windowOf, within } from '../web/src/trust/lists.ts'
import { type SignedIn, signedIn, type TestConsole, testConsole } from './support/test-console.ts'
import { varyDocuments } from './support/varied-documents.ts'

// Every number of the first page leads to a list; here each link is followed, as the page builds it, and the rows counted.

let hub: TestConsole

beforeAll(async () => {
  hub = await testConsole()
  const { database } = hub
  await varyDocuments(database)
  await createSystem(database, { id: 'one', name: 'One' })
  for (const code of ['H99.05', 'G98']) await bindSystemAgency(database, 'one', code)
  await endCertificates()
  await giveUp('no-document', 55)
  await takeTrafficTurn(database)
  while ((await takeSearchTurn(database)).more);
})
afterAll(() => hub?.close())

const scopes: readonly (readonly [who: string, scope: Partial<Scope>])[] = [
  ['everything', { everything: true }],
  ['a province and what is below it', { subtrees: ['H99'] }],
  ['another province, which holds a closed district', { subtrees: ['H98'] }],
  ['one commune', { subtrees: ['H99.05'] }],
  ['the agencies of a connected system', { systems: ['one'] }],
  ['a locality and a group', { localities: ['Đồi Thông'], groups: ['communes-h99'] }],
]

it.each(scopes)('leads each number to as many rows: %s', async (_who, scope) => {
  const person = await signedIn(hub, { scope })
  const view = await now(person)
  const { minutes } = (await person.get('/now/pulse')).json() as { readonly minutes: readonly PulsePoint[] }

  const numbers = [...ofAttention(view), ...ofFlows(view), ...ofPulse(minutes)]

  const asked = Map.groupBy(numbers, ({ path }) => path)
  for (const [path, shown] of asked) {
    const found = await follow(person, path)
    const listed = { rows: found.rows + (await underWay(person, path)), documents: found.documents }
    for (const { count, documents = listed.documents } of shown) {
      expect({ path, rows: count, documents }).toEqual({ path, ...listed })
    }
  }
  expect(asked.size).toBeGreaterThan(20)
})

it('knows something of every kind, so that no link above was left out', async () => {
  const { attention } = await now(await signedIn(hub, { scope: { everything: true } }))

  expect(attention.map(({ kind, why }) => [kind, why].filter(Boolean).join(' '))).toEqual([
    'authorities',
    'dead-letter',
    'stuck',
    'failed',
    'ending-soon',
    'held attachment-check',
    'held certificate-revoked',
    'not-fetched',
    'late',
    'refused',
    'ending',
  ])
})

/** What the page shows, and where it leads. */
interface Shown {
  readonly count: number
  readonly documents?: number
  readonly path: string
}

function ofAttention({ attention }: NowView): Shown[] {
  return attention.flatMap(line => [
    { ...line, path: attentionPath(line) },
    ...(line.worst ? [{ count: line.worst.count, path: attentionPath(line, line.worst.code) }] : []),
  ])
}

function ofFlows({ flows, flowsSince, levels }: NowView): Shown[] {
  const sum = (some: readonly Flow[]): number => some.reduce((all, { accepted }) => all + accepted, 0)
  return [
    { count: sum(flows), path: flowPath({}, 'accepted', flowsSince) },
    { count: flows.reduce((all, { late }) => all + late, 0), path: latePath({}) },
    ...levels.flatMap(level => [
      {
        count: sum(flows.filter(({ from }) => from === level)),
        path: flowPath({ from: level }, 'accepted', flowsSince),
      },
      { count: sum(flows.filter(({ to }) => to === level)), path: flowPath({ to: level }, 'accepted', flowsSince) },
    ]),
    ...flows.flatMap(flow => [
      ...trafficSteps.map(step => ({ count: flow[step], path: flowPath(flow, step, flowsSince) })),
      { count: flow.late, path: latePath(flow) },
      { count: flow.accepted || flow.late, path: ribbonPath(flow, flowsSince) },
    ]),
  ]
}

function ofPulse(minutes: readonly PulsePoint[]): Shown[] {
  return hourSums(minutes).flatMap(hour =>
    trafficSteps.map((step, place) => ({ count: hour[place + 1] ?? 0, path: hourPath(hour, step, minutes) })),
  )
}

async function now(person: SignedIn): Promise<NowView> {
  return (await person.get('/now')).json()
}

interface Followed {
  /** Receivers where the list is one of documents. */
  readonly rows: number
  readonly documents: number
}

async function follow(person: SignedIn, path: string): Promise<Followed> {
  const { pathname, search, searchParams, hash } = new URL(path, 'http://hub.test')
  if (pathname !== '/trust') {
    const items = await allPages<{ readonly matching?: number }>(person, pathname, search)
    return { rows: items.reduce((sum, { matching }) => sum + (matching ?? 1), 0), documents: items.length }
  }
  const { items } = (await person.get(`/trust/${hash.slice(1) || 'certificates'}`)).json()
  const shown = hash === '#authorities' ? authoritiesOf(items, searchParams) : within(items, windowOf(searchParams))
  return { rows: shown.length, documents: shown.length }
}

async function allPages<Row>(person: SignedIn, pathname: string, search: string): Promise<readonly Row[]> {
  const items: Row[] = []
  const query = new URLSearchParams(search)
  for (;;) {
    const answer = await person.get(`${pathname}?${query}`)
    expect(answer.statusCode).toBe(200)
    const page: { readonly items: readonly Row[]; readonly next: string | null } = answer.json()
    items.push(...page.items)
    if (page.next === null) return items
    query.set('after', page.next)
  }
}

/** What others sent and has not come to a mailbox yet is counted, and the page says that it is not listed. */
const underWaySql = `
select count(*)::integer as count
  from document
  join document_receiver as asked on asked.document_id = document.id
  left join agency on agency.code = document.sender
 where document.kind = 'document' and document.accepted_at >= $2 and ($3::timestamptz is null or document.accepted_at < $3)
   and ($4::text is null or coalesce(agency.level, 'central') = $4) and ($5::text is null or asked.level = $5)
   and document.sender <> all($1) and asked.resolved = any($1)
   and not exists (select from delivery
                    where delivery.document_id = document.id and delivery.receiver = any($1)
                      and delivery.available_at is not null and delivery.state not in ('routed', 'held')
                      and (delivery.state <> 'withdrawn' or delivery.fetches > 0))`

async function underWay({ scope }: SignedIn, path: string): Promise<number> {
  const asked = new URL(path, 'http://hub.test').searchParams
  const codes = await codesInScope(hub.database, { ...emptyScope, ...scope })
  if (asked.get('step') !== 'accepted' || codes === undefined) return 0
  const values = [codes, ...['since', 'until', 'fromLevel', 'toLevel'].map(name => asked.get(name))]
  const { rows } = await hub.database.query<{ count: number }>(underWaySql, values)
  return rows[0]?.count ?? 0
}

async function endCertificates(): Promise<void> {
  const { database } = hub
  const authority = await testAuthority({ name: 'Link CA' })
  for (const [agency, days] of [
    ['G99', 3],
    ['H99.05', 5],
    ['H99.06', 20],
    ['K01', 29],
    ['H98', 40],
  ] as const) {
    const { certificate } = await authority.seal(agency, { keyType: 'ec', notAfter: daysFromNoon(days) })
    const text = { subject: certificate.subject.text, issuer: certificate.issuer.text }
    await bindCertificate(database, agency, { ...certificate, ...text })
  }
  const { certificate } = authority
  await registerAuthority(database, { ...certificate, subject: certificate.subject.text, intermediate: true })
  const address = { authority: certificate.sha256, kind: 'crl', givenBy: 'operator' } as const
  await addSources(
    database,
    ['a', 'b'].map(name => ({ ...address, url: `http://ca.example/${name}.crl` })),
  )
  for (const { id } of await listSources(database, certificate.sha256)) {
    await recordSourceFailure(database, id, { fault: 'no answer within 5 s', dueInMs: 60_000 })
  }
}

/** Events that a service gave up. */
async function giveUp(key: string, times: number): Promise<void> {
  await hub.database.transaction(async tx => {
    for (let place = 0; place < times; place++) {
      const letter = {
        group: 'router',
        topic: 'docaxis.document.accepted',
        code: 'UNEXPECTED',
        reason: 'a bug',
      } as const
      await insertDeadLetter(tx, { ...letter, key, event: { id: `${key}-${place}` } as never, attempts: 8 })
    }
  })
}

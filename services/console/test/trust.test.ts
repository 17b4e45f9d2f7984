import { addAnchor } from '@docaxis/service'
import {
  addSources,
  bindCertificate,
  listAnchors,
  listSources,
  recordSourceFailure,
  registerAuthority,
} from '@docaxis/store'
import { daysFromNoon, noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signedIn, type TestConsole, testConsole } from './support/test-console.ts'

let hub: TestConsole
let authority: TestAuthority

beforeAll(async () => {
  hub = await testConsole({ DOCAXIS_ANCHOR_OPERATORS: 'two' })
  authority = await testAuthority({ name: 'Console CA' })
})
afterAll(() => hub?.close())
beforeEach(() => hub.database.query('truncate agency_certificate, authority, trust_anchor, trust_request cascade'))

const everything = { everything: true }

describe('ends of certificates', () => {
  it('come with the days that are left, the soonest first', async () => {
    await seal('H99.05', 20)
    await seal('G99', 5)

    const items = await ending(everything)

    expect(items).toMatchObject([
      { kind: 'seal', agency: { code: 'G99', name: 'Agency G99' }, days: 5 },
      { kind: 'seal', agency: { code: 'H99.05' }, days: 20 },
    ])
  })

  it('are those of one’s own agencies, and of authorities', async () => {
    await seal('H99.05', 20)
    await seal('G99', 5)
    await know(authority)

    const items = await ending({ subtrees: ['H99'] })

    expect(items.flatMap(item => item.agency?.code ?? [])).toEqual(['H99.05'])
  })

  it('stay for a month after they have passed: their holders may not know', async () => {
    await seal('G99', -3)

    expect(await ending(everything)).toMatchObject([{ days: -3 }])
  })

  it('stand among what needs attention', async () => {
    await seal('H99.05', 20)
    await seal('G99', 5)

    const { attention } = (await (await signedIn(hub, { scope: everything })).get('/now')).json()

    expect(attention).toMatchObject([
      { kind: 'ending-soon', count: 1, since: daysFromNoon(5).toISOString() },
      { kind: 'ending', count: 2, since: daysFromNoon(5).toISOString() },
    ])
  })
})

describe('an authority', () => {
  it('shows why nothing newer is to be had from it', async () => {
    await know(authority)
    const { sha256 } = authority.certificate
    const address = { authority: sha256, kind: 'crl', url: 'http://ca.example/list.crl', givenBy: 'operator' } as const
    await addSources(hub.database, [address])
    const [source] = await listSources(hub.database, sha256)
    await recordSourceFailure(hub.database, source?.id ?? '', { fault: 'no answer within 5 s', dueInMs: 60_000 })

    const { items } = (await (await signedIn(hub)).get('/trust/authorities')).json()

    expect(items).toMatchObject([
      { sha256, state: 'failing', failures: 1, fault: 'no answer within 5 s', goodAt: null },
    ])
  })

  it('shows whose traffic would stop without it, to those who answer for that', async () => {
    await seal('H99.05', 20)
    const trusted = { ...hub.deps, settings: {}, now: () => noon }
    await hub.database.transaction(tx => addAnchor(trusted, tx, wish(), 'g99'))
    const path = `/trust/what-if?ca=${authority.certificate.sha256}`

    const answer = (await (await signedIn(hub, { role: 'trust', scope: everything })).get(path)).json()

    expect(answer.agencies).toMatchObject([{ code: 'H99.05', stops: true, documents: 0 }])
    expect((await (await signedIn(hub, { role: 'viewer' })).get(path)).statusCode).toBe(403)
  })
})

describe('an anchor that another asked for', () => {
  it('is trusted once a second person has confirmed it', async () => {
    const id = await ask('user:mai')

    const answer = await decide('lan', id, 'confirmed')

    expect(answer.statusCode).toBe(204)
    expect(await listAnchors(hub.database)).toHaveLength(1)
  })

  it('is not confirmed by whoever asked', async () => {
    const id = await ask('user:minh')

    const answer = await decide('minh', id, 'confirmed')

    expect(answer.statusCode).toBe(403)
    expect(await listAnchors(hub.database)).toEqual([])
  })

  it('is not trusted when it is rejected', async () => {
    const id = await ask('user:mai')

    await decide('hoa', id, 'rejected')

    const { items } = (await (await signedIn(hub, { role: 'trust', scope: everything })).get('/trust/requests')).json()
    expect(items).toEqual([])
    expect(await listAnchors(hub.database)).toEqual([])
  })

  it('is decided by nobody else’s role', async () => {
    const id = await ask('user:mai')

    const answer = await (await signedIn(hub, { role: 'operator' })).post(`/trust/requests/${id}/decision`, {
      decision: 'confirmed',
    })

    expect(answer.statusCode).toBe(403)
  })
})

async function seal(agencyCode: string, days: number): Promise<void> {
  const wanted = { keyType: 'ec', notAfter: daysFromNoon(days) } as const
  const { certificate } = await authority.seal(agencyCode, wanted)
  await bindCertificate(hub.database, agencyCode, {
    ...certificate,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
  })
}

function know({ certificate }: TestAuthority): Promise<unknown> {
  const subject = certificate.subject.text
  return registerAuthority(hub.database, { ...certificate, subject, intermediate: true })
}

const wish = () => ({ certificate: authority.certificate.der.toString('base64'), purposes: ['seal'] as const })

/** @returns the id of the request that now waits for a second person */
async function ask(by: string): Promise<string> {
  const strict = { ...hub.deps, settings: { anchorOperators: 'two' as const }, now: () => noon }
  const outcome = await hub.database.transaction(tx => addAnchor(strict, tx, wish(), by))
  if (outcome.done) throw new Error('the anchor needed no second person')
  return outcome.request.id
}

async function decide(login: string, id: string, decision: string) {
  const person = await signedIn(hub, { login, role: 'trust', scope: everything })
  return person.post(`/trust/requests/${id}/decision`, { decision })
}

interface Ending {
  readonly agency?: { readonly code: string }
  readonly days: number
}

async function ending(scope: object): Promise<readonly Ending[]> {
  return (await (await signedIn(hub, { scope })).get('/trust/certificates')).json().items
}

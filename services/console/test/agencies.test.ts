import {
  bindSystemAgency,
  createSystem,
  findSystemByToken,
  listTokens,
  recordVxpCalls,
  updateSystem,
} from '@docaxis/store'
import { wholeHub } from '@docaxis/store/console'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PersonWish, type SignedIn, signedIn, type TestConsole, testConsole } from './support/test-console.ts'

let hub: TestConsole

beforeAll(async () => {
  hub = await testConsole()
  await createSystem(hub.database, { id: 'province', name: 'System of the province' })
  await bindSystemAgency(hub.database, 'province', 'H99')
  await createSystem(hub.database, { id: 'shared', name: 'System of two provinces' })
  await bindSystemAgency(hub.database, 'shared', 'H99')
  await bindSystemAgency(hub.database, 'shared', 'H98')
})
afterAll(() => hub?.close())
beforeEach(async () => {
  await hub.database.query("truncate system_token, vxp_secret; update system set roles = '{}'")
})

const manager: PersonWish = { role: 'directory', scope: { subtrees: ['H99'] } }

describe('one agency', () => {
  it('tells who it is, where it stands and whether a document arrives', async () => {
    const person = await signedIn(hub, { scope: { subtrees: ['H99'] } })

    expect((await person.get('/agencies/H99.05')).json()).toMatchObject({
      code: 'H99.05',
      path: [{ code: 'H99', name: 'Agency H99' }],
      groups: ['communes-h99'],
      connected: false,
      receiving: { by: null, fault: 'not-connected' },
    })
    expect((await person.get('/agencies/H99')).json()).toMatchObject({
      below: 2,
      receiving: { by: { code: 'H99' }, fault: null },
    })
  })

  it('is locked and limited by a manager, and everybody is told what it takes', async () => {
    const person = await signedIn(hub, manager)
    const wish = { canReceive: false, maxEnvelopeBytes: 1_000_000, fileTypes: ['pdf'] }

    const answer = await person.call('PUT', '/agencies/H99/receiving', wish)

    expect(answer.statusCode).toBe(204)
    expect((await person.get('/agencies/H99')).json()).toMatchObject({
      canReceive: false,
      receiving: { by: null, fault: 'locked' },
      limits: { maxEnvelopeBytes: 1_000_000, fileTypes: ['pdf'], effectiveBytes: 1_000_000, effectiveTypes: ['pdf'] },
    })
    expect(await auditOf('agency.change')).toMatchObject([
      { actor: `user:${person.login}`, object: 'H99', details: wish },
    ])
    await person.call('PUT', '/agencies/H99/receiving', { canReceive: true, maxEnvelopeBytes: null, fileTypes: [] })
  })

  it.each([
    { what: 'a size of nothing', wish: { canReceive: true, maxEnvelopeBytes: 0, fileTypes: [] } },
    { what: 'a type with a dot', wish: { canReceive: true, maxEnvelopeBytes: null, fileTypes: ['.pdf'] } },
  ])('takes no limits with $what', async ({ wish }) => {
    const person = await signedIn(hub, manager)

    expect((await person.call('PUT', '/agencies/H99/receiving', wish)).statusCode).toBe(400)
  })
})

describe('a credential', () => {
  it('is shown once and works; neither the audit log nor a later look knows it', async () => {
    const person = await signedIn(hub, manager)

    const answer = await issue(person, 'province', { kind: 'token' })

    expect(answer.statusCode).toBe(201)
    const { id, secret } = answer.json()
    expect(await findSystemByToken(hub.database, secret)).toMatchObject({ id: 'province' })
    const later = await person.get('/agencies/H99/systems')
    expect(later.json().items[0].credentials).toMatchObject([{ id, kind: 'token', state: 'valid', expiresAt: null }])
    expect(later.body).not.toContain(secret)
    expect(await auditOf('token.issue')).toMatchObject([{ object: 'province', details: { id, agency: 'H99' } }])
    expect(await everythingAudited()).not.toContain(secret)
  })

  it('is rotated: the one before counts until the overlap is over', async () => {
    const person = await signedIn(hub, manager)
    const first = (await issue(person, 'province', { kind: 'token' })).json()

    const second = (await issue(person, 'province', { kind: 'token', othersEndInDays: 7 })).json()

    expect(second.ending).toEqual([first.id])
    expect(await findSystemByToken(hub.database, first.secret)).toBeDefined()
    const [older, newer] = await listTokens(hub.database, 'province')
    expect(older).toMatchObject({ tokenId: first.id, expiresAt: expect.any(Date) })
    expect(newer).not.toHaveProperty('expiresAt')
  })

  it('is a secret of VXP as well, two at most', async () => {
    const person = await signedIn(hub, manager)

    const answers = [
      await issue(person, 'province', { kind: 'vxp' }),
      await issue(person, 'province', { kind: 'vxp', othersEndInDays: 1 }),
      await issue(person, 'province', { kind: 'vxp' }),
    ]

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 409])
    expect(answers[1]?.json().ending).toEqual([answers[0]?.json().id])
    expect(await everythingAudited()).not.toContain(answers[0]?.json().secret)
  })

  it('counts no more once it is revoked, and is revoked once', async () => {
    const person = await signedIn(hub, manager)
    const { id, secret } = (await issue(person, 'province', { kind: 'token' })).json()
    const path = `/agencies/H99/systems/province/credentials/${id}`

    const answers = [await person.call('DELETE', path), await person.call('DELETE', path)]

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([204, 404])
    expect(await findSystemByToken(hub.database, secret)).toBeUndefined()
    expect(await auditOf('token.revoke')).toMatchObject([{ object: 'province', details: { id, agency: 'H99' } }])
  })

  it('of another system is not revoked by naming this one', async () => {
    const all = await signedIn(hub, { role: 'directory', scope: wholeHub })
    const { id } = (await issue(all, 'shared', { kind: 'token' })).json()

    const answer = await all.call('DELETE', `/agencies/H99/systems/province/credentials/${id}`)

    expect(answer.statusCode).toBe(404)
  })

  it('is given by nobody to a system that also serves agencies they do not see', async () => {
    const person = await signedIn(hub, manager)

    expect((await issue(person, 'shared', { kind: 'token' })).statusCode).toBe(403)
    expect((await person.get('/agencies/H99/systems/shared/calls')).statusCode).toBe(403)
    const { items } = (await person.get('/agencies/H99/systems')).json()
    expect(items).toMatchObject([
      { id: 'province', mayChange: true },
      { id: 'shared', mayChange: false, whole: false, serves: 2 },
    ])
  })

  it('of a system that administers the hub is given by its administrators alone', async () => {
    await updateSystem(hub.database, 'province', { roles: ['operator'] })
    const wishes: readonly PersonWish[] = [
      { role: 'directory', scope: wholeHub },
      { role: 'administrator', scope: { subtrees: ['H99'] } },
      { role: 'administrator', scope: wholeHub },
    ]

    const people = await Promise.all(wishes.map(wish => signedIn(hub, wish)))
    const answers = await Promise.all(people.map(person => issue(person, 'province', { kind: 'token' })))

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 201])
  })

  it('is for no system that does not fetch for the agency', async () => {
    const person = await signedIn(hub, manager)

    const answer = await person.post('/agencies/H99.05/systems/province/credentials', { kind: 'token' })

    expect(answer.statusCode).toBe(404)
  })
})

describe('a new system', () => {
  const wish = { id: 'commune', name: 'System of the commune', reason: 'the commune connects by itself' }

  it('acts for the agency alone, has no credentials yet, and the audit log says why it was made', async () => {
    const person = await signedIn(hub, manager)

    const answer = await person.call('POST', '/agencies/H99.05/systems', wish)

    expect(answer.statusCode).toBe(201)
    expect((await person.get('/agencies/H99.05/systems')).json()).toMatchObject({
      items: [{ id: wish.id, name: wish.name, profile: 'strict', serves: 1, mayChange: true, credentials: [] }],
    })
    expect(await auditOf('system.create')).toMatchObject([
      { actor: `user:${person.login}`, object: wish.id, details: { agency: 'H99.05', reason: wish.reason } },
    ])
  })

  it('takes the name of no other, and leaves nothing behind where it is refused', async () => {
    const person = await signedIn(hub, manager)

    const answer = await person.call('POST', '/agencies/H99.05/systems', { ...wish, id: 'province' })

    expect(answer.statusCode).toBe(409)
    expect((await person.get('/agencies/H99.05/systems')).json().items).not.toContainEqual(
      expect.objectContaining({ id: 'province' }),
    )
  })

  it('is made for a reason', async () => {
    const person = await signedIn(hub, manager)

    const answer = await person.call('POST', '/agencies/H99.05/systems', { ...wish, id: 'other', reason: '' })

    expect(answer.statusCode).toBe(400)
  })
})

it('tells why a call was refused in a sentence', async () => {
  const at = new Date('2026-11-20T02:00:00Z')
  const call = { systemId: 'province', at, operation: 'getEdoc', address: '10.0.0.1', code: '15' }
  await recordVxpCalls(hub.database, [{ ...call, reason: 'signature-wrong', details: {} }])
  const person = await signedIn(hub, { role: 'operator', scope: { subtrees: ['H99'] } })

  const { items } = (await person.get('/agencies/H99/systems/province/calls')).json()

  expect(items).toMatchObject([
    { operation: 'getEdoc', code: '15', reason: 'signature-wrong', text: { vi: expect.stringContaining('bí mật') } },
  ])
})

function issue(person: SignedIn, system: string, wish: object) {
  return person.post(`/agencies/H99/systems/${system}/credentials`, wish)
}

async function auditOf(action: string) {
  const { rows } = await hub.database.query(
    'select actor, object, details from audit_log where action = $1 order by seq desc, batch desc, place desc limit 1',
    [action],
  )
  return rows
}

async function everythingAudited(): Promise<string> {
  const { rows } = await hub.database.query<{ all: string }>('select json_agg(audit_log)::text as all from audit_log')
  return rows[0]?.all ?? ''
}

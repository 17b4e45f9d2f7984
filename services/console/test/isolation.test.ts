import type { Role } from '@docaxis/store/console'
import { roles } from '@docaxis/store/console'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Far, type FarObject, farAway } from './support/far-away.ts'
import { type PersonWish, type SignedIn, signedIn, type TestConsole, testConsole } from './support/test-console.ts'

// Who may call what, and how far each sees: roles × scopes × routes. The matrix is made from the route table: a new route
// without an entry here fails the first test.

interface Entry {
  /** `anybody`: without signing in. */
  readonly may: readonly Role[] | 'anybody'
  /**
   * `object`: of the far province, 404 for a scope that does not hold it; `list`: shows nothing of the far province to
   * such a scope; `hub`: facts of the hub itself, 403 for any other scope than the whole; `own`: concerns nobody but the
   * caller, or no agency at all.
   */
  readonly sees: 'object' | 'list' | 'hub' | 'own'
  /** Of a list that names nobody: whether it shows something of the far province. */
  readonly shows?: (answer: unknown) => boolean
  /** What stands in the path's places: ids of the far province. */
  readonly object?: FarObject | readonly FarObject[]
  /** Answers to a person who sees the whole hub, where that is no success. */
  readonly works?: readonly number[]
  readonly query?: string
  readonly body?: unknown
}

const administrators: readonly Role[] = ['administrator']
const auditors: readonly Role[] = ['auditor', 'administrator']

const operators: readonly Role[] = ['operator', 'administrator']
const askers: readonly Role[] = ['operator', 'auditor', 'administrator']
const reason = 'because of a complaint'

const farRights = {
  name: 'Somebody',
  role: 'viewer',
  scope: { everything: false, subtrees: ['H98'], systems: [], localities: [], groups: [] },
  agencies: [],
}

/** Nothing of the hub has this digest or this id. */
const sha256 = 'a'.repeat(64)
const staff: readonly Role[] = ['trust', 'operator', 'administrator', 'auditor']
const deciders: readonly Role[] = ['trust', 'administrator']

const matrix: Readonly<Record<string, Entry>> = {
  'GET /session': { may: 'anybody', sees: 'own' },
  'POST /session': { may: 'anybody', sees: 'own', body: { login: 'nobody', password: 'x' } },
  'DELETE /session': { may: roles, sees: 'own' },
  'DELETE /sessions': { may: roles, sees: 'own' },
  'GET /oidc': { may: 'anybody', sees: 'own' },
  'GET /oidc/return': { may: 'anybody', sees: 'own' },
  'PUT /account/password': { may: roles, sees: 'own', body: { password: 'x', wanted: 'something long enough' } },
  'POST /account/totp': { may: roles, sees: 'own', body: { password: 'x' } },
  'PUT /account/totp': { may: roles, sees: 'own', body: { sealed: 'x', code: '000000' } },
  'DELETE /account/totp': { may: roles, sees: 'own', body: { password: 'x' } },
  'GET /people': { may: administrators, sees: 'list' },
  'POST /people': { may: administrators, sees: 'own', body: { ...farRights, login: 'new', withPassword: false } },
  'PUT /people/:id': { may: administrators, sees: 'object', object: 'account', body: farRights },
  'POST /people/:id/reset': { may: administrators, sees: 'object', object: 'account' },
  'POST /people/:id/disable': { may: administrators, sees: 'object', object: 'account' },
  'POST /people/:id/enable': { may: administrators, sees: 'object', object: 'account' },
  'GET /audit': { may: auditors, sees: 'list' },
  'GET /break-glass': { may: askers, sees: 'list' },
  'POST /documents/:id/break-glass': { may: askers, sees: 'object', object: 'document', body: { reason } },
  'POST /break-glass/:id/decision': { may: auditors, sees: 'object', object: 'opening', body: { allowed: true } },
  'GET /now': { may: roles, sees: 'list', shows: answer => (answer as NowAnswer).attention.length > 0 },
  'GET /now/pulse': { may: roles, sees: 'list', shows: answer => (answer as PulseAnswer).minutes.length > 0 },
  // Endless; what it shows is what GET /now shows, and `now.test.ts` reads it with a limited scope.
  'GET /now/live': { may: roles, sees: 'own' },
  'GET /documents': { may: roles, sees: 'list' },
  'GET /document-export': { may: roles, sees: 'list', query: '?format=csv' },
  'GET /documents/:id': { may: roles, sees: 'object', object: 'document' },
  // Its receipt is still to be signed.
  'GET /documents/:id/receipts/:receipt': {
    may: roles,
    sees: 'object',
    object: ['document', 'request'],
    works: [404],
  },
  // Content is for people of its agencies; whoever sees the whole hub is none by that.
  'GET /documents/:id/attachments/:position': {
    may: roles,
    sees: 'object',
    object: ['document', 'position'],
    works: [404],
  },
  'POST /documents/:id/deliveries/:delivery/resend': {
    may: operators,
    sees: 'object',
    object: ['document', 'delivery'],
    body: { reason },
    works: [204, 409],
  },
  'POST /documents/:id/deliveries/:delivery/cancel': {
    may: operators,
    sees: 'object',
    object: ['document', 'delivery'],
    body: { reason },
    works: [204, 409],
  },
  'POST /documents/:id/letters/:letter/replay': {
    may: operators,
    sees: 'object',
    object: ['document', 'request'],
    body: { reason },
    works: [404],
  },
  'GET /document-filters': { may: roles, sees: 'own' },
  'POST /document-filters': { may: roles, sees: 'own', body: { name: 'mine', query: '?q=x' } },
  'DELETE /document-filters/:id': { may: roles, sees: 'own', object: 'filter' },
  'GET /trust/certificates': { may: roles, sees: 'list' },
  'GET /trust/authorities': { may: roles, sees: 'own' },
  'GET /trust/hub-keys': { may: roles, sees: 'own' },
  'GET /trust/anchors': { may: staff, sees: 'hub' },
  'GET /trust/what-if': { may: staff, sees: 'hub', query: `?ca=${sha256}` },
  'GET /trust/requests': { may: staff, sees: 'hub' },
  'POST /trust/requests/:id/decision': {
    may: deciders,
    sees: 'hub',
    object: 'request',
    body: { decision: 'rejected' },
  },
}

interface NowAnswer {
  readonly attention: readonly unknown[]
}

interface PulseAnswer {
  readonly minutes: readonly unknown[]
}

/** None of these holds the far province, H98. */
const near: readonly { readonly what: string; readonly wish: PersonWish }[] = [
  { what: 'no scope', wish: {} },
  { what: 'a subtree', wish: { scope: { subtrees: ['H99'] }, agencies: ['H99'] } },
  { what: 'a system', wish: { scope: { systems: ['h99'] } } },
  { what: 'a locality', wish: { scope: { localities: ['Mây Trắng'] } } },
  { what: 'a group', wish: { scope: { groups: ['communes-h99'] } } },
  { what: 'a ministry', wish: { scope: { subtrees: ['G99'] }, agencies: ['G99'] } },
]

let hub: TestConsole
let far: Far

beforeAll(async () => {
  hub = await testConsole()
  far = await farAway(hub)
})
afterAll(() => hub?.close())

const entries = Object.entries(matrix)
const guarded = entries.filter(([, { may }]) => may !== 'anybody')

it('places every route of the console', () => {
  const prefix = '/console/api'
  const served = hub.routes
    .flatMap(({ method, url }) => [method].flat().map(word => `${word} ${url.replace(prefix, '')}`))
    .filter(route => !route.startsWith('HEAD ') && !route.startsWith('OPTIONS '))

  expect([...new Set(served)].sort()).toEqual(Object.keys(matrix).sort())
})

describe.each(guarded)('%s', (route, entry) => {
  const { may } = entry

  it('is closed without a session', async () => {
    const answer = await hub.app.inject(await requestOf(route, entry))

    expect(answer.statusCode).toBe(401)
  })

  it('is closed to a session without the token of its page, where it changes something', async () => {
    if (route.startsWith('GET ')) return
    const person = await signedIn(hub, { role: may[0] as Role, scope: { everything: true } })

    const answer = await hub.app.inject({
      ...(await requestOf(route, entry)),
      headers: { cookie: person.headers.cookie },
    })

    expect(answer.statusCode).toBe(403)
  })

  it.each(roles.filter(role => !may.includes(role)))('is closed to the role %s, whatever its scope', async role => {
    const person = await signedIn(hub, { role, scope: { everything: true }, agencies: ['H98'] })

    const answer = await ask(person, route, entry)

    expect(answer.statusCode).toBe(403)
    expect(answer.json().detail).toContain(`the role ${role} may not do this`)
  })

  if (entry.sees === 'own') return

  const cases = near.flatMap(({ what, wish }) => (may as readonly Role[]).map(role => ({ what, role, wish })))
  it.each(cases)('shows the $role with $what nothing of the far province', async ({ role, wish }) => {
    const person = await signedIn(hub, { ...wish, role })

    const answer = await ask(person, route, entry)

    expect(answer.statusCode).toBe({ object: 404, list: 200, hub: 403, own: 200 }[entry.sees])
    expect(showsFar(entry, answer)).toBe(false)
  })

  it.each(may as readonly Role[])('shows the %s of the whole hub what there is', async role => {
    const person = await signedIn(hub, { role, scope: { everything: true } })

    const answer = await ask(person, route, entry)

    // What is asked about of the hub need not be there.
    expect(answer.statusCode).toBeOneOf([...(entry.works ?? (entry.sees === 'hub' ? [200, 404] : [200, 201, 204]))])
    if (entry.sees === 'list') expect(showsFar(entry, answer)).toBe(true)
  })
})

it('gives nobody more than the administrator who makes the account has', async () => {
  const person = await signedIn(hub, { role: 'administrator', scope: { subtrees: ['H99'] } })
  const wish = { ...farRights, login: 'too-much', withPassword: false }

  const answers = await Promise.all([
    person.post('/people', wish),
    person.post('/people', { ...wish, scope: { ...wish.scope, everything: true, subtrees: [] } }),
    person.post('/people', { ...wish, scope: { ...wish.scope, subtrees: [] }, agencies: ['H98'] }),
    person.post('/people', { ...wish, scope: { ...wish.scope, subtrees: [], localities: ['Mây Trắng'] } }),
  ])

  expect(answers.map(answer => answer.statusCode)).toEqual([403, 403, 403, 403])
})

async function ask(person: SignedIn, route: string, entry: Entry) {
  return hub.app.inject({ ...(await requestOf(route, entry)), headers: person.headers })
}

function showsFar({ sees, shows }: Entry, answer: Awaited<ReturnType<typeof ask>>): boolean {
  if (sees === 'list' && shows) return shows(answer.json())
  return far.marks.some(mark => answer.body.includes(mark))
}

async function requestOf(route: string, { object, query = '', body }: Entry) {
  const [method, path = ''] = route.split(' ')
  const ids = await Promise.all([object ?? []].flat().map(of => far.id(of)))
  const url = path.replace(/:\w+/g, () => ids.shift() ?? '')
  return {
    method: method as 'GET',
    url: `/console/api${url}${query}`,
    ...(body !== undefined && { payload: body as object }),
  }
}

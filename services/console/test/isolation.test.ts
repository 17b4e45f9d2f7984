import { type Role, roles } from '@docaxis/store/console'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Entry, farRights } from './isolation/entry.ts'
import { matrix } from './isolation/matrix.ts'
import { type Far, farAway } from './support/far-away.ts'
import { type PersonWish, type SignedIn, signedIn, type TestConsole, testConsole } from './support/test-console.ts'

// Who may call what, and how far each sees: roles × scopes × routes. The matrix is made from the route table: a new route
// without a row in `isolation/` fails the first test.

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

    expect(answer.statusCode).toBe({ object: 404, list: 200, named: 422, hub: 403, own: 200 }[entry.sees])
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

import type { Agency } from '@docaxis/directory'
import { askDirectory, findAgency, importAgencies, type NewDirectoryRequest } from '@docaxis/store'
import { addSystem } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type SignedIn, signedIn, type TestConsole, testConsole } from './support/test-console.ts'

let hub: TestConsole
/** Keeps the directory of the whole hub, and of one province. */
let keeper: SignedIn
let provincial: SignedIn

const reason = 'theo công văn 12/UBND'

beforeAll(async () => {
  hub = await testConsole()
  await addSystem(hub.database, 'sys')
  keeper = await signedIn(hub, { role: 'directory', scope: { everything: true }, login: 'keeper' })
  provincial = await signedIn(hub, { role: 'directory', scope: { subtrees: ['H99'] } })
})
afterAll(() => hub?.close())
beforeEach(() => hub.database.query('truncate directory_request, reform'))

const agencyOf = async (code: string) => (await findAgency(hub.database, code))?.agency

describe('a request of a system', () => {
  it('is shown beside what stands now', async () => {
    await ask({ kind: 'change', agencyCode: 'H99.05', wish: { name: 'Xã mới', parent: 'H99' } })

    const { items } = (await provincial.get('/agency-requests')).json()

    expect(items).toMatchObject([
      {
        systemId: 'sys',
        kind: 'change',
        code: 'H99.05',
        changes: [{ field: 'name', before: 'Agency H99.05', after: 'Xã mới' }],
      },
    ])
  })

  it('is done once it is approved, with who did it and why', async () => {
    const wish = { code: 'H99.20', parent: 'H99', name: 'Xã Hai Mươi', mobile: '0900000000' }
    const id = await ask({ kind: 'register', agencyCode: 'H99.20', wish })

    const answer = await decide(provincial, id, { decision: 'approved', seen: wish })

    expect(answer.statusCode).toBe(204)
    expect(await agencyOf('H99.20')).toMatchObject({ name: 'Xã Hai Mươi', level: 'commune', parent: 'H99' })
    expect((await provincial.get('/agency-requests?state=approved')).json().items).toMatchObject([
      { id, decidedBy: `user:${provincial.login}`, reason },
    ])
    const { rows } = await hub.database.query(
      "select details from audit_log where action = 'directory.approve' and object = $1",
      [id],
    )
    expect(rows).toMatchObject([{ details: { reason, agency: 'H99.20' } }])
  })

  it('leaves the directory as it is when it is refused', async () => {
    const wish = { name: 'Xã mới' }
    const id = await ask({ kind: 'change', agencyCode: 'H99.05', wish })

    await decide(provincial, id, { decision: 'refused', seen: wish })

    expect(await agencyOf('H99.05')).toMatchObject({ name: 'Agency H99.05' })
    expect((await provincial.get('/agency-requests?state=refused')).json().items).toMatchObject([{ id, reason }])
  })

  it('is told of as impossible where the directory does not allow it', async () => {
    await ask({ kind: 'register', agencyCode: 'H99.06', wish: { parent: 'H99', name: 'Xã' } })

    const { items } = (await provincial.get('/agency-requests')).json()

    expect(items).toMatchObject([{ code: 'H99.06', changes: [], obstacle: { obstacle: 'exists', code: 'H99.06' } }])
  })

  it('is not approved when the system wishes something else by now', async () => {
    const id = await ask({ kind: 'change', agencyCode: 'H99.05', wish: { name: 'Xã mới' } })
    await ask({ kind: 'change', agencyCode: 'H99.05', wish: { name: 'Xã khác' } })

    const answer = await decide(provincial, id, { decision: 'approved', seen: { name: 'Xã mới' } })

    expect(answer.json()).toMatchObject({ status: 409, code: 'STATE_CONFLICT' })
    expect(await agencyOf('H99.05')).toMatchObject({ name: 'Agency H99.05' })
  })

  it.each([
    { what: 'another agency above', wish: { parent: 'H98' }, approval: {} },
    { what: 'a successor', wish: {}, kind: 'close', approval: { successor: 'K01' } },
  ] as const)('is not approved by whoever does not keep $what', async ({ wish, approval, ...more }) => {
    const id = await ask({ kind: 'change', agencyCode: 'H99.05', wish, ...more })

    const answer = await decide(provincial, id, { decision: 'approved', seen: wish, ...approval })

    expect(answer.json()).toMatchObject({ status: 422, code: 'IMPORT_REFUSED' })
    expect(answer.body).toContain('.Scope')
  })

  it('is not approved where it breaks a rule of the directory', async () => {
    const wish = { parent: 'Z5.1' }
    await put(plain('Z5'), plain('Z5.1', { parent: 'Z5' }))
    const id = await ask({ kind: 'change', agencyCode: 'Z5', wish })

    const answer = await decide(keeper, id, { decision: 'approved', seen: wish })

    expect(answer.json()).toMatchObject({ status: 422, errors: [{ code: 'M.Agency.parent.Cycle' }] })
  })

  it('is decided with a reason', async () => {
    const id = await ask({ kind: 'close', agencyCode: 'H99.05', wish: {} })

    const answer = await keeper.post(`/agency-requests/${id}/decision`, { decision: 'refused', seen: {}, reason: '–' })

    expect(answer.statusCode).toBe(400)
  })
})

describe('a directory file', () => {
  const csv = 'code,name,level,parent\nH99.30,Xã Ba Mươi,commune,H99\n'

  it('is done as it was looked at', async () => {
    const preview = (await upload(provincial, '/agency-import/preview?format=csv&mode=merge', csv)).json()

    const answer = await upload(provincial, importPath(preview.seen), csv)

    expect(preview).toMatchObject({ figures: { added: 1 }, changes: [{ kind: 'added', code: 'H99.30' }] })
    expect(answer.json()).toEqual({ added: 1, changed: 0, unchanged: 0, removed: 0 })
    expect(await agencyOf('H99.30')).toMatchObject({ name: 'Xã Ba Mươi' })
  })

  it('is not done once the directory has changed', async () => {
    const { seen } = (await upload(keeper, '/agency-import/preview?format=csv&mode=merge', csv)).json()
    await put(plain('Z1'))

    const answer = await upload(keeper, importPath(seen), csv)

    expect(answer.json()).toMatchObject({ status: 409, details: { changed: 'directory' } })
  })

  it('shows its faults by line, with what to do', async () => {
    const faulty = 'code,name,level\nA1,Tên,commune\nA2,,nowhere\n'

    const answer = await upload(keeper, '/agency-import/preview?format=csv&mode=merge', faulty)

    expect(answer.json()).toMatchObject({
      status: 422,
      details: { faultCount: 2 },
      errors: [{ path: 'line 3, name', hint: {} }, { path: 'line 3, level' }],
    })
  })

  it.each([
    { what: 'an agency of others', line: 'H98,Tên khác,province,' },
    { what: 'a new agency below one of others', line: 'K9,Tên,commune,H98' },
  ])('of a province may not hold $what', async ({ line }) => {
    const file = `code,name,level,parent\nH99.30,Xã,commune,H99\n${line}\n`

    const answer = await upload(provincial, '/agency-import/preview?format=csv&mode=merge', file)

    expect(answer.json()).toMatchObject({ status: 422, errors: [{ code: 'M.Agency.code.Scope' }] })
  })

  it('of a province is not done either, whatever was seen', async () => {
    const file = 'code,name,level\nH98,Tên khác,province\n'
    const { seen } = (await upload(keeper, '/agency-import/preview?format=csv&mode=merge', file)).json()

    const answer = await upload(provincial, importPath(seen), file)

    expect(answer.json()).toMatchObject({ status: 422, errors: [{ code: 'M.Agency.code.Scope' }] })
    expect(await agencyOf('H98')).toMatchObject({ name: 'Agency H98' })
  })

  it('of a province replaces nothing', async () => {
    const answer = await upload(provincial, '/agency-import/preview?format=csv&mode=replace', csv)

    expect(answer.statusCode).toBe(403)
  })

  it('that is too large is refused before it is read', async () => {
    const answer = await upload(
      keeper,
      '/agency-import/preview?format=csv&mode=merge',
      Buffer.alloc(64 * 1024 * 1024 + 1),
    )

    expect(answer.statusCode).toBe(413)
  })

  it.each([
    { what: 'nested without end', format: 'json', file: '['.repeat(2_000_000) },
    { what: 'one endless line', format: 'csv', file: `code,name,level\n"${'a,'.repeat(4_000_000)}` },
    { what: 'a crowd of empty objects', format: 'json', file: `[${'{},'.repeat(200_000)}{}]` },
  ])('that is $what is refused, and the hub goes on', { timeout: 120_000 }, async ({ format, file }) => {
    const answer = await upload(keeper, `/agency-import/preview?format=${format}&mode=merge`, file)

    expect(answer.json()).toMatchObject({ status: 422, code: 'IMPORT_REFUSED' })
    expect((await keeper.get('/agency-requests')).statusCode).toBe(200)
  })

  it('of a scope holds nothing that a spreadsheet would run, and imports to the same', async () => {
    const name = '=HYPERLINK("http://evil.example","x")'
    await put(plain('H99.40', { name, parent: 'H99', level: 'commune' }))

    const { body } = await provincial.get('/agency-export?format=csv')

    expect(body).toContain(`"'=HYPERLINK(`)
    expect(body).not.toContain('H98')
    const again = (await upload(provincial, '/agency-import/preview?format=csv&mode=merge', body)).json()
    expect(again.figures).toMatchObject({ added: 0, changed: 0, closed: 0 })
  })

  it.each(['agencies.csv', 'agencies.json'] as const)(
    'begun with the template %s writes nothing as it is',
    async name => {
      const { body } = await provincial.get(`/agency-templates/${name}`)

      const answer = await upload(keeper, `/agency-import/preview?format=${name.slice(9)}&mode=merge`, body)

      expect(answer.json().errors).toMatchObject([{ code: 'M.Agency.parent.Unknown', path: 'line 2, parent' }])
    },
  )
})

describe('a reform', () => {
  const merge = {
    do: 'merge',
    codes: ['H99.05', 'H99.06'],
    into: { code: 'H99.50', name: 'Xã', level: 'commune', parent: 'H99' },
  }

  it('waits for its day, with who asked for it and why', async () => {
    const file = reform([merge])
    const preview = (await upload(provincial, '/reforms/preview', file)).json()

    const answer = await upload(provincial, reformPath(preview.seen), file)

    expect(preview).toMatchObject({ figures: { agencies: { opened: 1, closed: 2 } } })
    expect(answer.json()).toMatchObject({ state: 'scheduled', reason, askedBy: `user:${provincial.login}` })
    expect((await provincial.get('/reforms')).json().items).toMatchObject([{ title: 'Sắp xếp' }])
    expect((await provincial.get(`/reforms/${answer.json().id}`)).json()).toMatchObject({
      changes: [merge],
      changeCount: 1,
    })
  })

  it('is called off with a reason', async () => {
    const file = reform([merge])
    const { seen } = (await upload(provincial, '/reforms/preview', file)).json()
    const { id } = (await upload(provincial, reformPath(seen), file)).json()

    const answer = await provincial.post(`/reforms/${id}/cancel`, { reason })

    expect(answer.json()).toMatchObject({ state: 'cancelled', cancelReason: reason })
  })

  it('that reaches beyond a province is seen there, and called off by those who keep all of it', async () => {
    const file = reform([merge, { do: 'rename', code: 'H98', name: 'Tên khác' }])
    const { seen } = (await upload(keeper, '/reforms/preview', file)).json()
    const { id } = (await upload(keeper, reformPath(seen), file)).json()

    const answers = [await provincial.get(`/reforms/${id}`), await provincial.post(`/reforms/${id}/cancel`, { reason })]

    expect(answers.map(answer => answer.statusCode)).toEqual([200, 403])
  })

  it.each([
    {
      what: 'a successor of others',
      change: { do: 'close', code: 'H99.05', successor: 'K01' },
      code: 'M.Agency.successor.Scope',
    },
    {
      what: 'another agency above',
      change: { do: 'move', code: 'H99.05', parent: 'H98' },
      code: 'M.Agency.parent.Scope',
    },
    { what: 'an agency of others', change: { do: 'close', code: 'K01' }, code: 'M.Agency.code.Scope' },
  ])('of a province may not name $what', async ({ change, code }) => {
    const answer = await upload(provincial, '/reforms/preview', reform([change]))

    expect(answer.json()).toMatchObject({ status: 422, errors: [{ code }] })
  })

  it('is not done once the directory has changed', async () => {
    const file = reform([merge])
    const { seen } = (await upload(keeper, '/reforms/preview', file)).json()
    await put(plain('Z2'))

    expect((await upload(keeper, reformPath(seen), file)).statusCode).toBe(409)
  })

  it('shows its faults by line and place', async () => {
    const answer = await upload(keeper, '/reforms/preview', reform([merge, { do: 'close', code: 'X9' }]))

    expect(answer.json().errors).toMatchObject([{ code: 'M.Reform.Unknown', path: 'line 1, changes[1]' }])
  })

  it.each([
    { what: 'nested without end', file: `{"changes":${'['.repeat(2_000_000)}` },
    { what: 'nested without end, and closed', file: `{"changes":${'['.repeat(100_000)}${']'.repeat(100_000)}}` },
  ])('that is $what is refused, and the hub goes on', { timeout: 120_000 }, async ({ file }) => {
    const answer = await upload(keeper, '/reforms/preview', file)

    expect(answer.json()).toMatchObject({ status: 422, code: 'IMPORT_REFUSED' })
  })
})

async function ask(wish: Omit<NewDirectoryRequest, 'systemId'>): Promise<string> {
  return (await hub.database.transaction(tx => askDirectory(tx, { systemId: 'sys', ...wish }))).id
}

const decide = (person: SignedIn, id: string, body: object) =>
  person.post(`/agency-requests/${id}/decision`, { reason, ...body })

function upload({ headers }: SignedIn, path: string, payload: string | Buffer) {
  const type = { 'content-type': 'application/octet-stream' }
  return hub.app.inject({ method: 'POST', url: `/console/api${path}`, headers: { ...headers, ...type }, payload })
}

interface Seen {
  readonly sha256: string
  readonly version: number
}

const seenQuery = ({ sha256, version }: Seen) =>
  `sha256=${sha256}&version=${version}&reason=${encodeURIComponent(reason)}`
const importPath = (seen: Seen) => `/agency-import?format=csv&mode=merge&${seenQuery(seen)}`
const reformPath = (seen: Seen) => `/reforms?${seenQuery(seen)}`

let reforms = 0
function reform(changes: readonly object[]): string {
  reforms += 1
  return JSON.stringify({
    format: 'docaxis-reform-1',
    name: `reform-${reforms}`,
    title: 'Sắp xếp',
    effectiveOn: '2999-01-01',
    changes,
  })
}

const put = (...agencies: Agency[]) => hub.database.transaction(tx => importAgencies(tx, agencies, { mode: 'merge' }))

function plain(code: string, more: Partial<Agency> = {}): Agency {
  const none = { oldCodes: [], groups: [], canReceive: true, receivesForUnits: false }
  return { code, name: `Agency ${code}`, kind: 'agency', level: 'province', ...none, ...more }
}

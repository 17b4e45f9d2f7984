import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

// The harness's directory: province H99 with communes H99.05, H99.06 (connected) and H99.07 (not).

let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
})
afterAll(() => hub?.close())

const effectiveOn = '2025-07-01'

const reform = (name: string, changes: readonly object[], day = effectiveOn) => ({
  format: 'docaxis-reform-1',
  name,
  title: 'Thử nghiệm',
  effectiveOn: day,
  changes,
})

const preview = (file: object) => hub.postJson('/api/v1/admin/reforms/preview', file, 'operator')
const apply = (file: object) => hub.postJson('/api/v1/admin/reforms', file, 'operator')
const agencyOf = async (code: string) => (await hub.get(`/api/v1/agencies/${code}`, 'g99')).json()
const versionOf = async () => (await hub.get('/api/v1/agencies?limit=1', 'g99')).json().version

const newCommune = (code: string) => ({ code, name: `Xã ${code}`, level: 'commune', parent: 'H99' })

it('previews, applies and lists a reform, and writes who asked for it', async () => {
  const file = reform('merge-06', [{ do: 'merge', codes: ['H99.06'], into: 'H99.05' }])

  const before = await preview(file)
  const untouched = await agencyOf('H99.06')
  const applied = await apply(file)

  expect(before.json()).toMatchObject({
    figures: { agencies: { closed: 1 }, systems: { affected: 1 } },
    agencies: [{ code: 'H99.06', changes: ['closed'], successor: 'H99.05' }],
    systems: [{ id: 'h99.06', closing: 1, remaining: 0 }],
    certificates: [{ agency: 'H99.06' }],
  })
  expect(untouched.lifecycle).toBe('open')
  expect(applied.statusCode).toBe(201)
  expect(applied.json()).toMatchObject({ state: 'applied', askedBy: 'system:operator' })
  expect(applied.json().outcome).toEqual(before.json().figures)
  expect(await agencyOf('H99.06')).toMatchObject({ lifecycle: 'closed', successor: 'H99.05' })
  expect((await hub.get('/api/v1/admin/reforms', 'operator')).json().items).toMatchObject([{ name: 'merge-06' }])
  const { rows } = await hub.database.query(
    `select actor, action from audit_log where action like 'directory.reform%' order by action`,
  )
  expect(rows).toEqual([
    { actor: 'system:operator', action: 'directory.reform' },
    { actor: 'system:operator', action: 'directory.reform.ask' },
  ])
})

it('delivers to the successor what is written to a closed code, and refuses what a closed code sends', async () => {
  const to = await hub.post(hub.sealed({ sender: 'G99', receivers: ['H99.06'] }), 'g99')
  const from = await hub.post(hub.sealed({ sender: 'H99.06', receivers: ['G99'] }), 'h99.06')

  expect(to.statusCode).toBe(202)
  const { deliveries, receivers } = (await hub.get(`/api/v1/documents/${to.json().id}`, 'g99')).json()
  expect(JSON.stringify(receivers ?? deliveries)).toContain('H99.05')
  expect(from.statusCode).toBeGreaterThanOrEqual(400)
  expect(from.json().errors.map((each: { code: string }) => each.code)).toContain('M.MessageHeader.From.OrganId')
})

it('refuses what is written to a split code, naming the choices', async () => {
  const file = reform('split-07', [{ do: 'split', code: 'H99.07', into: [newCommune('H99.71'), newCommune('H99.72')] }])
  expect((await apply(file)).statusCode).toBe(201)

  const answer = await hub.post(hub.sealed({ sender: 'G99', receivers: ['H99.07'] }), 'g99')

  const [closed] = answer.json().errors
  expect(closed).toMatchObject({ code: 'M.MessageHeader.To.Closed' })
  expect(closed.hint.vi).toContain('H99.71 (Xã H99.71), H99.72 (Xã H99.72)')
})

it('names every fault of a file by line and writes nothing', async () => {
  const file = reform('faulty', [
    { do: 'close', code: 'X1' },
    { do: 'close', code: 'X2' },
  ])

  for (const answer of [await preview(file), await apply(file)]) {
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'IMPORT_REFUSED'])
    expect(answer.json().errors.map((each: { path: string }) => each.path)).toEqual([
      'line 1, changes[0]',
      'line 1, changes[1]',
    ])
  }
  expect((await hub.get('/api/v1/admin/reforms', 'operator')).body).not.toContain('faulty')
})

it('has a reform of a later day wait, and cancels it', async () => {
  const { id, state } = (await apply(reform('later', [{ do: 'close', code: 'H99.05' }], '2999-01-01'))).json()
  const cancel = () =>
    hub.app.inject({ method: 'DELETE', url: `/api/v1/admin/reforms/${id}`, headers: hub.as('operator') })

  expect(state).toBe('scheduled')
  expect((await cancel()).json()).toMatchObject({ id, state: 'cancelled' })
  expect((await cancel()).statusCode).toBe(409)
})

it('tells a copy of the directory what changed since its version, removed agencies too', async () => {
  const since = await versionOf()
  await apply(reform('rename-05', [{ do: 'rename', code: 'H99.05', name: 'Phường Năm' }]))
  await hub.database.query(
    `update agency set deleted = true, version = nextval('directory_version') where code = 'H99.71'`,
  )

  const first = (await hub.get(`/api/v1/agencies?since=${since}&limit=1`, 'g99')).json()
  const rest = (await hub.get(`/api/v1/agencies?since=${since}&after=${first.next}`, 'g99')).json()

  expect(first.items).toMatchObject([{ code: 'H99.05', name: 'Phường Năm', deleted: false }])
  expect(rest.items).toMatchObject([{ code: 'H99.71', deleted: true }])
  expect(rest).toMatchObject({ next: null, version: rest.items[0].version })
  expect((await hub.get(`/api/v1/agencies?since=${rest.version}`, 'g99')).json().items).toEqual([])
  expect((await hub.get('/api/v1/agencies?since=0&after=x', 'g99')).statusCode).toBe(400)
})

import { daysFromNoon, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
})
afterAll(() => hub?.close())

it('sets up a system, lets it act for an agency, and shows its token once', async () => {
  const made = await put('/api/v1/admin/systems/office', { name: 'Phần mềm H99.07', profile: 'strict' })
  await put('/api/v1/admin/systems/office/agencies/H99.07')
  const issued = await hub.postJson('/api/v1/admin/systems/office/tokens', {}, 'operator')
  const token = issued.json().token

  const inbox = await hub.get('/api/v1/inbox?agency=H99.07', { id: 'office', token })

  expect(made.json()).toMatchObject({ id: 'office', profile: 'strict', signaturePolicy: 'require-valid' })
  expect(inbox.statusCode).toBe(200)
  const tokens = await hub.get('/api/v1/admin/systems/office/tokens', 'operator')
  expect(tokens.body).not.toContain(token)
})

it.each([
  { said: {}, profile: 'strict', signaturePolicy: 'require-valid' },
  { said: { profile: 'legacy' }, profile: 'legacy', signaturePolicy: 'record' },
])('makes a system $profile when $said is said', async ({ said, ...expected }) => {
  const made = await put(`/api/v1/admin/systems/new-${expected.profile}`, said)

  expect(made.json()).toMatchObject(expected)
})

it('refuses a revoked token, and every token of a disabled system', async () => {
  const system = await hub.addSystem({ id: 'leaving' })
  const { tokenId } = (await hub.get('/api/v1/admin/systems/leaving/tokens', 'operator')).json().items[0]
  const other = (await hub.postJson('/api/v1/admin/systems/leaving/tokens', {}, 'operator')).json()

  await remove(`/api/v1/admin/systems/leaving/tokens/${tokenId}`)
  const revoked = await hub.get('/api/v1/inbox', system)
  const stillGood = await hub.get('/api/v1/inbox', { id: 'leaving', token: other.token })
  await put('/api/v1/admin/systems/leaving', { disabled: true })
  const disabled = await hub.get('/api/v1/inbox', { id: 'leaving', token: other.token })

  expect([revoked.statusCode, stillGood.statusCode, disabled.statusCode]).toEqual([401, 200, 401])
})

it('imports the directory all or nothing, with faults by line, and rehearses without writing', async () => {
  const good = 'code,name,kind,level,parent\nH99.50,Xã Năm Mươi,agency,commune,H99\n'
  const bad = `${good}H99.51,,agency,commune,H99\n`

  const refused = await csv('/api/v1/admin/agencies/import?format=csv', bad)
  const rehearsed = await csv('/api/v1/admin/agencies/import?format=csv&dryRun=true', good)
  const before = await hub.get('/api/v1/agencies/H99.50', 'g99')
  const imported = await csv('/api/v1/admin/agencies/import?format=csv', good)

  expect([refused.statusCode, refused.json().code]).toEqual([422, 'IMPORT_REFUSED'])
  expect(refused.json().errors[0].path).toContain('line 3')
  expect(rehearsed.json()).toMatchObject({ dryRun: true, added: 1 })
  expect(before.statusCode).toBe(404)
  expect(imported.json()).toMatchObject({ dryRun: false, added: 1 })
  expect((await hub.get('/api/v1/agencies/H99.50', 'g99')).json()).toMatchObject({
    name: 'Xã Năm Mươi',
    connected: false,
  })
})

it('exports what an import reads again', async () => {
  const exported = await hub.get('/api/v1/admin/agencies/export?format=json', 'operator')
  const again = await hub.app.inject({
    method: 'POST',
    url: '/api/v1/admin/agencies/import?format=json',
    headers: { ...hub.as('operator'), 'content-type': 'application/json' },
    payload: exported.body,
  })

  expect(again.json()).toMatchObject({ added: 0, changed: 0, removed: 0 })
})

it('takes no revocation list that no known authority signed', async () => {
  const stranger = await testAuthority({ name: 'Test CA' })
  const crl = stranger.crl({ thisUpdate: daysFromNoon(0), nextUpdate: daysFromNoon(1), revoked: [], number: 9 })

  const answer = await hub.app.inject({
    method: 'POST',
    url: '/api/v1/admin/crls',
    headers: { ...hub.as('operator'), 'content-type': 'application/pkix-crl' },
    payload: crl,
  })

  expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID'])
})

it('binds a certificate and takes seals made with it at once', async () => {
  const seal = await hub.authority.seal('H99.05', { keyType: 'ec' })
  const bound = await hub.postJson(
    '/api/v1/admin/certificates',
    { agency: 'H99.05', certificate: seal.certificate.der.toString('base64') },
    'operator',
  )

  expect(bound.json().sha256).toBe(seal.certificate.sha256)
  const { items } = (await hub.get('/api/v1/admin/certificates?agency=H99.05', 'operator')).json()
  expect(items).toHaveLength(2)
})

it('writes an audit row for every change', async () => {
  const { rows } = await hub.database.query(
    `select distinct action from audit_log where actor = 'system:operator' order by action`,
  )

  expect(rows.map(row => row.action)).toEqual([
    'certificate.bind',
    'directory.import',
    'system.bind',
    'system.change',
    'token.issue',
    'token.revoke',
  ])
})

function put(url: string, payload?: object) {
  return hub.app.inject({ method: 'PUT', url, headers: hub.as('operator'), ...(payload && { payload }) })
}

function remove(url: string) {
  return hub.app.inject({ method: 'DELETE', url, headers: hub.as('operator') })
}

function csv(url: string, payload: string) {
  return hub.app.inject({
    method: 'POST',
    url,
    headers: { ...hub.as('operator'), 'content-type': 'text/csv' },
    payload,
  })
}

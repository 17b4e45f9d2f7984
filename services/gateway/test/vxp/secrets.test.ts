import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeOf, type VxpHub, vxpHub } from './vxp-hub.ts'

let hub: VxpHub
const secretsUrl = '/api/v1/admin/systems/office/vxp-secrets'

beforeAll(async () => {
  hub = await vxpHub()
  await hub.addSystem({ id: 'office', profile: 'legacy' }, ['G98'])
})
afterAll(() => hub?.close())

it('lets a system change over: two are valid at once, a third is not given, a revoked one is refused', async () => {
  const first = (await hub.postJson(secretsUrl, {}, 'operator')).json()
  const second = (await hub.postJson(secretsUrl, {}, 'operator')).json()
  const third = await hub.postJson(secretsUrl, {}, 'operator')
  const both = [await ask(first.secret), await ask(second.secret)]

  const revoked = await remove(first.secretId)
  const after = [await ask(first.secret), await ask(second.secret)]

  expect([third.statusCode, third.json().code]).toEqual([409, 'STATE_CONFLICT'])
  expect([both, revoked.statusCode, after]).toEqual([['OK 0', 'OK 0'], 204, ['FAIL 15', 'OK 0']])
})

it('takes the secret that a system brings along', async () => {
  const secret = 'kho-a-cu-cua-he-thong'
  const { secretId } = (await hub.postJson(secretsUrl, { secret }, 'operator')).json()

  expect(await ask(secret)).toBe('OK 0')
  await remove(secretId)
})

it('stores secrets encrypted, and shows them in no list, log or audit row', async () => {
  const { secret, secretId } = (await hub.postJson(secretsUrl, {}, 'operator')).json()
  const listed = await hub.get(secretsUrl, 'operator')
  const { rows } = await hub.database.query('select sealed from vxp_secret where id = $1', [secretId])
  const audit = await hub.database.query("select details::text from audit_log where action like 'vxp-secret.%'")

  expect(rows[0].sealed.includes(Buffer.from(secret))).toBe(false)
  expect(listed.json().items.at(-1)).toMatchObject({ secretId, revokedAt: null })
  expect(`${listed.body}${JSON.stringify(audit.rows)}${JSON.stringify(hub.deps.lines)}`).not.toContain(secret)
  await remove(secretId)
})

it('opens no secret that was moved to another system’s row', async () => {
  const secret = await hub.addVxpSystem('victim', ['H99'])
  await hub.addSystem({ id: 'thief', profile: 'legacy' }, ['H99.05'])
  await hub.database.query("update vxp_secret set system_id = 'thief' where system_id = 'victim'")

  const answer = await hub.kit('thief', { secret }).call('countReceiveEdoc')

  expect(codeOf(answer)).toBe('503')
})

it('knows a system by the code of an agency behind it', async () => {
  const { secret, secretId } = (await hub.postJson(secretsUrl, {}, 'operator')).json()

  expect(codeOf(await hub.kit('G98', { secret }).call('countReceiveEdoc'))).toBe('OK 0')
  await remove(secretId)
})

it('refuses every secret of a system that is disabled', async () => {
  const secret = await hub.addVxpSystem('leaving', ['H99.06'])
  await hub.app.inject({
    method: 'PUT',
    url: '/api/v1/admin/systems/leaving',
    headers: hub.as('operator'),
    payload: { disabled: true },
  })

  expect(codeOf(await hub.kit('leaving', { secret }).call('countReceiveEdoc'))).toBe('FAIL 15')
})

it('refuses settings that are none', async () => {
  const answer = await hub.app.inject({
    method: 'PUT',
    url: '/api/v1/admin/systems/office/vxp',
    headers: hub.as('operator'),
    payload: { sourceNetworks: ['10.0.0.0/33'] },
  })

  expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID'])
})

it('remembers the last 50 calls, newest first, with clock and reason', async () => {
  const { secret, secretId } = (await hub.postJson(secretsUrl, {}, 'operator')).json()
  const kit = hub.kit('office', { secret })
  for (let call = 0; call < 55; call += 1) await kit.call('getSentEdocList')
  await kit.getEdoc('0'.repeat(24))

  const { items } = (await hub.get('/api/v1/admin/systems/office/vxp-calls', 'operator')).json()

  expect(items).toHaveLength(50)
  expect(items[0]).toMatchObject({
    operation: 'getEdoc',
    code: '22',
    reason: 'document-unknown',
    address: '127.0.0.1',
    details: { offsetSeconds: 0 },
  })
  expect(items[1]).toMatchObject({ operation: 'getSentEdocList', code: '0', reason: null, vi: null })
  await remove(secretId)
})

async function ask(secret: string): Promise<string> {
  return codeOf(await hub.kit('office', { secret }).call('countReceiveEdoc'))
}

function remove(secretId: string) {
  return hub.app.inject({ method: 'DELETE', url: `${secretsUrl}/${secretId}`, headers: hub.as('operator') })
}

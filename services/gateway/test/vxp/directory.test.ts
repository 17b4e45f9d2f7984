import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeOf, type VxpHub, vxpHub } from './vxp-hub.ts'

let hub: VxpHub

beforeAll(async () => {
  hub = await vxpHub()
  await hub.addVxpSystem('province', ['H99'])
  await hub.addVxpSystem('ministry', ['G98'])
})
afterAll(() => hub?.close())

type Row = Readonly<Record<string, unknown>>

it('lists the open agencies in both forms of their codes', async () => {
  const list = await rowsOf('getAgenciesList')
  const qd20 = await rowsOf('getAgenciesListQD20')

  expect(list.find(({ code }) => code === 'G99')).toEqual({
    id: 'G99',
    pid: '',
    code: 'G99',
    name: 'Cơ quan G99',
    mail: '',
    oldCode: '000.00.00.G99',
  })
  expect(list.find(({ code }) => code === 'H99.05')).toMatchObject({ pid: 'H99' })
  expect(list.some(({ code }) => code === 'H99.33')).toBe(false)
  expect(qd20.find(({ code }) => code === 'G99')).toEqual({
    id: 'G99',
    code: 'G99',
    name: 'Cơ quan G99',
    mail: '',
    code102: '000.00.00.G99',
  })
})

it('gives copies of the directory what is closed too, by level', async () => {
  const all = await rowsOf('getSynchronizeUnit')
  const districts = await rowsOf('getSynchronizeUnit', { level: '3' })
  const wrong = await hub.kit('province').call('getSynchronizeUnit', { level: '9' })

  expect(districts.map(({ code }) => code)).toEqual(['H99.32', 'H99.33'])
  expect(districts[0]).toEqual({
    id: 'H99.32',
    pid: 'H99',
    code: 'H99.32',
    name: 'Cơ quan H99.32',
    mail: '',
    version: expect.stringMatching(/^\d+$/),
    centerCode: '',
    deleted: 'true',
    modifyDate: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    isAgency: 'true',
  })
  expect(all.length).toBeGreaterThan(districts.length)
  expect(codeOf(wrong)).toBe('FAIL 22')
})

it('applies contacts at once and puts a name before the directory manager', async () => {
  const answer = await register('province', {
    id: 'H99',
    code: 'H99',
    pcode: '',
    name: 'UBND tỉnh, tên mới',
    mail: 'vanthu@h99.example',
    mobile: '0900000000',
    fax: '',
  })

  expect(codeOf(answer)).toBe('OK 0')
  expect(answer.ErrorDesc).toContain('chờ')
  const { rows } = await hub.database.query("select name, mail, mobile, fax from agency where code = 'H99'")
  expect(rows).toEqual([{ name: 'Cơ quan H99', mail: 'vanthu@h99.example', mobile: '0900000000', fax: null }])
  expect(await rowsOf('getAgenciesList')).toContainEqual(
    expect.objectContaining({ code: 'H99', mail: 'vanthu@h99.example' }),
  )

  await decide('change', 'approve', {})
  expect((await hub.get('/api/v1/agencies/H99', 'operator')).json()).toMatchObject({
    name: 'UBND tỉnh, tên mới',
    mail: 'vanthu@h99.example',
  })
})

it('changes contacts without waiting where nothing else is new', async () => {
  const answer = await register('province', { code: 'H99', name: 'UBND tỉnh, tên mới', mail: 'khac@h99.example' })

  expect([codeOf(answer), answer.ErrorDesc]).toEqual(['OK 0', 'Thành công'])
})

it('makes a new agency below its own once an operator agrees, and lets the system act for it', async () => {
  const wish = {
    id: '',
    pcode: 'H99',
    code: 'H99.77',
    name: 'Trung tâm Bảy Bảy',
    mail: 't@h99.example',
    mobile: '',
    fax: '',
  }
  const asked = await register('province', wish)
  const again = await register('province', { ...wish, name: 'Trung tâm 77' })
  expect((await hub.get('/api/v1/agencies/H99.77', 'operator')).statusCode).toBe(404)

  const { body } = await decide('register', 'approve', { level: 'commune' })

  expect([codeOf(asked), codeOf(again)]).toEqual(['OK 0', 'OK 0'])
  expect(JSON.parse(body)).toMatchObject({ state: 'approved', decidedBy: 'operator', wish: { name: 'Trung tâm 77' } })
  expect((await hub.get('/api/v1/agencies/H99.77', 'operator')).json()).toMatchObject({
    name: 'Trung tâm 77',
    parent: 'H99',
    level: 'commune',
    mail: 't@h99.example',
    connected: true,
  })
})

it('never deletes: it asks for closing', async () => {
  const asked = await hub.kit('province').call('deleteAgency', { AgencyCode: 'H99.77' }, '{}')
  const before = (await hub.get('/api/v1/agencies/H99.77', 'operator')).json().lifecycle
  await decide('close', 'approve', { validTo: '2030-01-01', successor: 'H99' })

  expect([codeOf(asked), before]).toEqual(['OK 0', 'open'])
  expect((await hub.get('/api/v1/agencies/H99.77', 'operator')).json()).toMatchObject({
    lifecycle: 'closed',
    successor: 'H99',
  })
})

it('leaves the directory as it is when an operator refuses', async () => {
  await register('province', { code: 'H99', name: 'Tên không hay' })

  const { body } = await decide('change', 'refuse', { reason: 'không có quyết định kèm theo' })

  expect(JSON.parse(body)).toMatchObject({ state: 'refused', reason: 'không có quyết định kèm theo' })
  expect((await hub.get('/api/v1/agencies/H99', 'operator')).json().name).toBe('UBND tỉnh, tên mới')
})

it.each([
  { what: 'an agency of another system', agency: { code: 'G98', mail: 'x@example.org' } },
  { what: 'an agency that does not exist', agency: { code: 'X77', mail: 'x@example.org' } },
  { what: 'a new agency below another one’s', agency: { code: 'G98.01', pcode: 'G98', name: 'Vụ Một' } },
])('answers 15 to $what', async ({ agency }) => {
  const answer = await register('province', agency)

  expect(codeOf(answer)).toBe('FAIL 15')
})

it('answers 15 to the closing of another one’s agency, and 22 to a body that is none', async () => {
  const foreign = await hub.kit('province').call('deleteAgency', { AgencyCode: 'G98' }, '{}')
  const body = await hub.kit('province').call('registerAgency', {}, '[{"code":"H99"}]')
  const proto = await hub.kit('province').call('registerAgency', {}, '{"__proto__":{"code":"H99"}}')

  expect([foreign, body, proto].map(codeOf)).toEqual(['FAIL 15', 'FAIL 22', 'FAIL 15'])
})

async function rowsOf(operation: string, parameters: Record<string, string> = {}): Promise<readonly Row[]> {
  const answer = await hub.kit('province').call(operation, parameters)
  return answer.data as readonly Row[]
}

function register(system: string, agency: object) {
  return hub.kit(system).call('registerAgency', {}, JSON.stringify(agency))
}

async function decide(kind: string, decision: 'approve' | 'refuse', body: object) {
  const { items } = (await hub.get('/api/v1/admin/directory-requests', 'operator')).json()
  const pending = items.find((item: { kind: string }) => item.kind === kind)
  const answer = await hub.postJson(`/api/v1/admin/directory-requests/${pending?.id}/${decision}`, body, 'operator')
  expect(answer.statusCode).toBe(200)
  return answer
}

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway

const path = '/api/v1/admin/register-totals/H99.05'

beforeAll(async () => {
  hub = await testGateway()
})
afterAll(() => hub?.close())

it('keeps what an operator’s system says of a month, with who said it, and what was said before', async () => {
  const answers = [
    await put('2025-10', { outgoing: 120, incoming: 80 }),
    await put('2025-10', { outgoing: 120, incoming: 80 }),
    await put('2025-10', { outgoing: 100, incoming: null }),
  ]

  const { items } = (await hub.get(path, 'operator')).json()

  expect(answers).toEqual([204, 204, 204])
  expect(items).toMatchObject([
    { month: '2025-10', outgoing: 100, incoming: null, source: 'api', enteredBy: 'system:operator', replacedAt: null },
    { month: '2025-10', outgoing: 120, incoming: 80, replacedAt: expect.any(String) },
  ])
  expect(items).toHaveLength(2)
})

it.each([
  { what: 'of a month to come', month: '2999-01', body: { outgoing: 1, incoming: 1 }, status: 400 },
  { what: 'of a month that is none', month: '2025-13', body: { outgoing: 1, incoming: 1 }, status: 400 },
  { what: 'below nothing', month: '2025-10', body: { outgoing: -1, incoming: 1 }, status: 400 },
  { what: 'that says nothing', month: '2025-10', body: { outgoing: null, incoming: null }, status: 400 },
])('refuses a total $what', async ({ month, body, status }) => {
  expect(await put(month, body)).toBe(status)
})

it('knows no agency that the directory does not', async () => {
  expect((await hub.get('/api/v1/admin/register-totals/X1', 'operator')).statusCode).toBe(404)
})

async function put(month: string, payload: object): Promise<number> {
  const answer = await hub.app.inject({ method: 'PUT', url: `${path}/${month}`, headers: hub.as('operator'), payload })
  return answer.statusCode
}

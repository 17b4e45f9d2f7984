import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { testGateway } from '../harness.ts'
import { type RunningHub, runningHub } from '../running-hub.ts'
import { createEOffice, type Mistake, type Scorecard } from './e-office.ts'

let hub: RunningHub
let api: string

beforeAll(async () => {
  hub = await runningHub()
  api = `${await hub.listen()}/api/v1`
})
afterAll(() => hub?.close())

/** A system of a vendor, with an agency of its own to play with. */
async function vendor(id: string) {
  return hub.addSystem({ id, profile: 'legacy' }, ['H99.06'])
}

async function post(path: string, body: object, system: string): Promise<Scorecard> {
  const answer = await hub.postJson(`/api/v1/conformance${path}`, body, system)
  expect([200, 201], answer.body).toContain(answer.statusCode)
  return answer.json()
}
const begin = (system: string) => post('', { largeBytes: 300_000 }, system)
const verdicts = (card: Scorecard, verdict: string) =>
  card.steps.filter(step => step.verdict === verdict).map(({ step }) => step)

/** Steps that cannot come to their turn when another one is done wrong. */
const blockedBy: Readonly<Record<Mistake, readonly string[]>> = { good: ['status'] }

/** Plays until nothing waits but what the mistake keeps waiting, and nothing for the hub. */
async function play(system: string, token: string, mistake?: Mistake): Promise<Scorecard> {
  const office = createEOffice({ api, token, agency: 'H99.06', ...(mistake !== undefined && { mistake }) })
  let card = await begin(system)
  const allowed = mistake === undefined ? [] : [mistake, ...(blockedBy[mistake] ?? [])]
  await vi.waitFor(
    async () => {
      await office.turn(card)
      card = await post(`/${card.id}/advance`, {}, system)
      const waiting = card.steps.filter(({ verdict }) => verdict === 'waiting')
      const unsettled = waiting.filter(({ step, reason }) => !allowed.includes(step) || reason === 'on-its-way')
      expect(unsettled).toEqual([])
    },
    { timeout: 120_000, interval: 50 },
  )
  return card
}

it('passes a system that does all of it well, and ends by itself', async () => {
  const { id, token } = await vendor('all-well')

  const card = await play(id, token)

  expect(verdicts(card, 'passed')).toHaveLength(card.steps.length)
  expect(card.endedAt).not.toBeNull()
  expect((await hub.get(`/api/v1/conformance/${card.id}`, id)).json()).toEqual(card)
}, 180_000)

describe.each([
  'good',
  'status',
  'faulty',
  'duplicate',
  'update',
  'take-back',
  'large',
  'send',
  'repeat',
  'status-back',
  'correct',
])('a system that does "%s" wrong', mistake => {
  it('fails in that step alone, and is told what to do', async () => {
    const { id, token } = await vendor(`wrong-${mistake}`)
    await play(id, token, mistake)

    const open = (await hub.get('/api/v1/conformance', id)).json().items[0]
    const card = await post(`/${open.id}/finish`, {}, id)

    expect(verdicts(card, 'failed')).toEqual([mistake])
    expect(verdicts(card, 'waiting')).toEqual(blockedBy[mistake] ?? [])
    const step = card.steps.find(({ step }) => step === mistake)
    expect(step?.fix).toMatchObject({ vi: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) })
  }, 180_000)
})

it('fails nothing that the hub itself has not brought yet', async () => {
  const withoutRouter = await testGateway()
  try {
    const begun = (await withoutRouter.postJson('/api/v1/conformance', { largeBytes: 300_000 }, 'g99')).json()
    const answer = await withoutRouter.postJson(`/api/v1/conformance/${begun.id}/finish`, {}, 'g99')

    const onTheWay = (answer.json() as Scorecard).steps.filter(({ reason }) => reason === 'on-its-way')
    expect(onTheWay.map(({ step, verdict }) => `${step} ${verdict}`)).toEqual(
      ['good', 'faulty', 'duplicate', 'large'].map(step => `${step} waiting`),
    )
  } finally {
    await withoutRouter.close()
  }
})

it('is refused by name on a production hub', async () => {
  const production = await testGateway({ env: { DOCAXIS_ENVIRONMENT: 'production' } })
  try {
    const answer = await production.postJson('/api/v1/conformance', {}, 'g99')

    expect([answer.statusCode, answer.json().code]).toEqual([403, 'CONFORMANCE_IN_PRODUCTION'])
  } finally {
    await production.close()
  }
})

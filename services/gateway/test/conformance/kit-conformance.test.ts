import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type VxpHub, vxpHub } from '../vxp/vxp-hub.ts'
import type { Scorecard } from './e-office.ts'
import { createKitOffice, type KitOfficeOptions } from './kit-office.ts'

// The script of conformance, played by systems that have nothing but a VXP kit.

let hub: VxpHub
beforeAll(async () => {
  hub = await vxpHub()
})
afterAll(() => hub?.close())

async function post(path: string, body: object, system: string): Promise<Scorecard> {
  const answer = await hub.postJson(`/api/v1/conformance${path}`, body, system)
  expect([200, 201], answer.body).toContain(answer.statusCode)
  return answer.json()
}

const verdicts = (card: Scorecard, verdict: string) =>
  card.steps.filter(step => step.verdict === verdict).map(({ step }) => step)

/** Plays until nothing waits but the steps named. */
async function play(system: string, options: Pick<KitOfficeOptions, 'kit' | 'saysWhy'>, waiting: readonly string[]) {
  const office = createKitOffice({ ...options, agency: 'H99.06' })
  let card = await post('', { largeBytes: 300_000 }, system)
  await vi.waitFor(
    async () => {
      await office.turn(card)
      card = await post(`/${card.id}/advance`, {}, system)
      expect(verdicts(card, 'waiting')).toEqual(waiting)
    },
    { timeout: 240_000, interval: 50 },
  )
  return card
}

it.each(['2.0.0', '2.0.1'] as const)(
  'passes a system behind kit %s in every step',
  async version => {
    const system = `kit-${version}`
    await hub.addVxpSystem(system, ['H99.06'])

    const card = await play(system, { kit: () => hub.kit(system, { version }), saysWhy: true }, [])

    expect(verdicts(card, 'passed')).toHaveLength(card.steps.length)
    expect(card.endedAt).not.toBeNull()
  },
  300_000,
)

it('waits for the reason where a kit answers a faulty document by `fail` alone', async () => {
  await hub.addVxpSystem('silent', ['H99.06'])
  const kit = () => hub.kit('silent')
  const open = await play('silent', { kit, saysWhy: false }, ['faulty'])

  const card = await post(`/${open.id}/finish`, {}, 'silent')

  expect(card.steps.find(({ step }) => step === 'faulty')).toMatchObject({
    verdict: 'failed',
    reason: 'refused-without-reason',
  })
}, 300_000)

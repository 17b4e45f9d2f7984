import { testPdf } from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

// V54 through the interface: nothing is judged by a clock that cannot be trusted, and nothing is lost by it.

let hub: TestGateway
const wish = { sender: 'G99', receivers: ['H99'] }
const differs = "the hub's clock differs from the database's by 90 s"

beforeAll(async () => {
  hub = await testGateway()
  await hub.addSystem({ id: 'g99-record', profile: 'strict', signaturePolicy: 'record' }, ['G99'])
})
afterEach(() => {
  vi.restoreAllMocks()
})
afterAll(() => hub?.close())

const clockIsWrong = () => vi.spyOn(hub.deps.clock, 'fault').mockReturnValue(differs)

describe('a document sent under require-valid', () => {
  it('waits at its sender: 503 and nothing stored, accepted as it is once the clock is right', async () => {
    const xml = hub.sealed(wish)
    clockIsWrong()

    const parked = await hub.post(xml, 'g99')
    vi.restoreAllMocks()
    const accepted = await hub.post(xml, 'g99')

    expect([parked.statusCode, parked.json().code]).toEqual([503, 'SIGNATURE_UNPROVEN'])
    expect(parked.headers['retry-after']).toBeDefined()
    expect(parked.json().errors).toMatchObject([{ code: 'TIME_NOT_TRUSTED' }])
    expect([accepted.statusCode, accepted.json().verdict.code]).toEqual([202, 'OK'])
  })

  it('is refused for good when its seal is broken whatever the time is', async () => {
    const broken = hub.sealed(wish).toString().replace('liên thông văn bản', 'liên thông văn bàn')
    clockIsWrong()

    const answer = await hub.post(Buffer.from(broken), 'g99')

    expect([answer.statusCode, answer.json().code]).toEqual([422, 'SIGNATURE_REFUSED'])
  })
})

it('says under record that the signature was not judged', async () => {
  clockIsWrong()

  const answer = await hub.post(hub.sealed(wish), 'g99-record')

  expect([answer.statusCode, answer.json().verdict.verdict, answer.json().verdict.code]).toEqual([
    202,
    'INDETERMINATE',
    'TIME_NOT_TRUSTED',
  ])
})

describe('what is asked about a file', () => {
  const ask = (path: string, type: string, body: Buffer | string) =>
    hub.app.inject({ method: 'POST', url: `/api/v1/verify/${path}`, headers: { 'content-type': type }, payload: body })
  const questions = [
    { what: 'certificate', type: 'application/pkix-cert', body: () => hub.seals.G99?.certificate.der ?? '' },
    { what: 'envelope', type: 'application/xml', body: () => hub.sealed(wish) },
    { what: 'pdf', type: 'application/pdf', body: () => testPdf({ ...(hub.seals.G99 && { signer: hub.seals.G99 }) }) },
  ]

  it.each(questions)(
    'stays open for a $what, and is answered for a moment that is named',
    async ({ what, type, body }) => {
      clockIsWrong()

      const now = (await ask(what, type, body())).json()
      const then = (await ask(`${what}?at=2030-01-15T05:00:00Z`, type, body())).json()

      expect([now.verdict, now.code]).toEqual(['INDETERMINATE', 'TIME_NOT_TRUSTED'])
      expect(then.verdict).toBe('VALID')
      expect(now.sentences[0].vi).toMatch(/đồng hồ/i)
    },
  )
})

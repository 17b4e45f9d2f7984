import type { Identity } from '@docaxis/pki/authority'
import { daysFromNoon, noon, sealedEnvelope } from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bindSeal, type TestGateway, testGateway } from './harness.ts'

// Sealing for another (edXML 10.2): the commune H99.05 sends, the province H99 seals for it by mandate. Each refusal is
// right in every way but one.

let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
})
afterEach(async () => {
  await hub.database.query('delete from mandate')
})
afterAll(() => hub?.close())

const second = (seconds: number) => new Date(noon.getTime() + seconds * 1000).toISOString()
const inForce = {
  principal: 'H99.05',
  holder: 'H99',
  kind: 'seal',
  validFrom: daysFromNoon(-30).toISOString(),
  validTo: daysFromNoon(30).toISOString(),
}
type Mandate = Partial<typeof inForce>

async function give(change: Mandate = {}): Promise<string> {
  const answer = await hub.postJson('/api/v1/admin/mandates', { ...inForce, ...change }, 'operator')
  expect(answer.statusCode).toBe(201)
  return answer.json().id
}

async function send(seal: Identity | undefined = hub.seals.H99) {
  if (!seal) throw new Error('no seal')
  const answer = await hub.post(sealedEnvelope({ sender: 'H99.05', receivers: ['G99'] }, seal), 'h99.05')
  const body = answer.json()
  return { status: answer.statusCode, id: body.id, verdict: body.verdict, codes: body.errors?.map(codeOf) }
}

const codeOf = ({ code }: { readonly code: string }) => code
const notSender = { status: 422, codes: ['CheckSignature', 'SIGNER_NOT_SENDER'] }

describe('a packet sealed by the holder is accepted', () => {
  it.each(['seal', 'transport'])('by a mandate to %s, and the verdict names its kind and number', async kind => {
    const id = await give({ kind })

    const { status, verdict } = await send()

    expect(status).toBe(202)
    expect(verdict).toMatchObject({ verdict: 'VALID', binding: { holderCode: 'H99', mandate: { id, kind } } })
  })

  it('and of two mandates that to seal is named', async () => {
    await give({ kind: 'transport' })
    const id = await give({ kind: 'seal' })

    const { verdict } = await send()

    expect(verdict.binding.mandate).toEqual({ id, kind: 'seal' })
  })

  it.each([
    { when: 'that begins now', dates: { validFrom: second(0) } },
    { when: 'that ends in a second', dates: { validTo: second(1) } },
    { when: 'renewed after another had ended', dates: {}, before: { validTo: second(-1) } },
  ])('by a mandate $when', async ({ dates, before }) => {
    if (before) await give(before)
    const id = await give(dates)

    expect(await send()).toMatchObject({ status: 202, verdict: { binding: { mandate: { id } } } })
  })

  it('and the receipt, the document and its evidence say who sealed for whom', async () => {
    const mandate = await give({ kind: 'transport' })
    const { id } = await send()

    const view = (await hub.get(`/api/v1/documents/${id}`, 'h99.05')).json()
    const evidence = (await hub.get(`/api/v1/documents/${id}/evidence`, 'h99.05')).json()

    const binding = { holderCode: 'H99', mandate: { id: mandate, kind: 'transport' } }
    expect([view.verdict.binding, evidence.seal.binding]).toEqual([binding, binding])
  })
})

describe('a packet sealed by another is refused', () => {
  it('without any mandate', async () => {
    expect(await send()).toMatchObject(notSender)
  })

  it.each<{ mandate: string; change: Mandate }>([
    { mandate: 'that ended a second ago', change: { validTo: second(-1) } },
    { mandate: 'that ends now', change: { validTo: second(0) } },
    { mandate: 'that begins in a second', change: { validFrom: second(1) } },
    { mandate: 'from another agency', change: { principal: 'H99.06' } },
    { mandate: 'to another holder', change: { holder: 'G98' } },
    { mandate: 'the other way round', change: { principal: 'H99', holder: 'H99.05' } },
  ])('by a mandate $mandate', async ({ change }) => {
    await give(change)

    expect(await send()).toMatchObject(notSender)
  })

  it('by a mandate of a mandate: what was given is not handed on', async () => {
    await give({ holder: 'G98' })
    await give({ principal: 'G98', holder: 'H99' })

    expect(await send()).toMatchObject(notSender)
  })

  it('from the moment the mandate is ended on', async () => {
    const id = await give()
    expect((await send()).status).toBe(202)

    const ended = await hub.app.inject({
      method: 'DELETE',
      url: `/api/v1/admin/mandates/${id}`,
      headers: hub.as('operator'),
    })

    expect(ended.statusCode).toBeLessThan(300)
    expect(await send()).toMatchObject(notSender)
  })

  it('although the mandate is in force, when the holder’s certificate has expired', async () => {
    await give()
    const expired = await hub.authority.seal('H99', { keyType: 'ec', notAfter: daysFromNoon(-1) })
    await bindSeal(hub.database, 'H99', expired)

    expect(await send(expired)).toMatchObject({ status: 422, codes: ['CheckSignature', 'CERTIFICATE_EXPIRED'] })
  })

  it('although the mandate is in force, when the holder’s certificate is not valid yet', async () => {
    await give()
    const early = await hub.authority.seal('H99', { keyType: 'ec', notBefore: daysFromNoon(1) })
    await bindSeal(hub.database, 'H99', early)

    expect(await send(early)).toMatchObject({ status: 422, codes: ['CheckSignature', 'CERTIFICATE_NOT_YET_VALID'] })
  })

  it('although the mandate is in force, when the certificate is bound to nobody', async () => {
    await give()
    const unbound = await hub.authority.seal('H99', { keyType: 'ec' })

    expect(await send(unbound)).toMatchObject(notSender)
  })

  it('although the mandate is in force, when the holder’s certificate is revoked', async () => {
    const own = await testGateway({ crl: false })
    const revoked = await own.authority.seal('H99', { keyType: 'ec' })
    await bindSeal(own.database, 'H99', revoked)
    await own.app.inject({
      method: 'POST',
      url: '/api/v1/admin/crls',
      headers: { ...own.as('operator'), 'content-type': 'application/pkix-crl' },
      payload: own.authority.list([revoked]).der,
    })
    await own.postJson('/api/v1/admin/mandates', inForce, 'operator')

    const answer = await own.post(sealedEnvelope({ sender: 'H99.05', receivers: ['G99'] }, revoked), 'h99.05')

    expect(answer.json().errors.map(codeOf)).toEqual(['CheckSignature', 'CERTIFICATE_REVOKED'])
    await own.close()
  })
})

it('a mandate is to seal or to transport, and to nothing else', async () => {
  const answer = await hub.postJson('/api/v1/admin/mandates', { ...inForce, kind: 'sign' }, 'operator')

  expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID'])
})

it('a mandate never lets a system send for an agency that is not bound to it', async () => {
  await give()

  const xml = sealedEnvelope({ sender: 'H99.05', receivers: ['G99'] }, hub.seals.H99 as Identity)
  const answer = await hub.post(xml, 'h99')

  expect([answer.statusCode, answer.json().code]).toEqual([403, 'SENDER_NOT_ALLOWED'])
})

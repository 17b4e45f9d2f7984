import { createHash } from 'node:crypto'
import { readEnvelope } from '@docaxis/edxml'
import { type EvidencePiece, repeatSeal, type SealVerdict } from '@docaxis/signature'
import { noon, sealedEnvelope } from '@docaxis/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
afterAll(() => hub?.close())

const wish = { sender: 'G99', receivers: ['H99'] }

interface EvidenceAnswer {
  readonly document: { readonly sender: string }
  readonly seal: SealVerdict
  readonly items: readonly { readonly sha256: string; readonly kind: EvidencePiece['kind']; readonly url: string }[]
}

async function evidenceOf(id: string, system: string): Promise<EvidenceAnswer> {
  return (await hub.get(`/api/v1/documents/${id}/evidence`, system)).json()
}

async function piecesOf({ items }: EvidenceAnswer, system: string): Promise<EvidencePiece[]> {
  return Promise.all(
    items.map(async ({ sha256, kind, url }) => ({ sha256, kind, der: (await hub.get(url, system)).rawPayload })),
  )
}

it('keeps the path and the revocation list of a seal, each once however many documents rest on them', async () => {
  const first = (await hub.post(hub.sealed(wish), 'g99')).json()
  await hub.post(hub.sealed(wish), 'g99')
  await hub.post(hub.sealed({ sender: 'H99', receivers: ['G99'] }), 'h99')

  const { rows } = await hub.database.query('select kind, count(*)::integer as count from evidence group by kind')
  const { seal, items } = await evidenceOf(first.id, 'g99')

  expect(rows).toEqual(
    expect.arrayContaining([
      { kind: 'certificate', count: 3 },
      { kind: 'crl', count: 1 },
    ]),
  )
  expect(items.map(({ sha256 }) => sha256).sort()).toEqual([...(seal.path ?? []), ...(seal.crls ?? [])].sort())
})

describe('a verdict is repeated from its evidence alone', () => {
  const sealings = {
    valid: () => hub.sealed(wish),
    'of changed content': () => Buffer.from(hub.sealed(wish).toString().replace('liên thông', 'liên thong')),
    'of another agency': () => hub.sealed(wish, 'G98'),
    absent: () => hub.unsealed(wish),
  }

  it.each(Object.entries(sealings))('the seal is %s', async (_name, make) => {
    const system = await hub.addSystem({ id: `g99-${_name.replaceAll(' ', '-')}` }, ['G99'])
    const xml = make()
    const { id } = (await hub.post(xml, system)).json()
    const evidence = await evidenceOf(id, system.id)
    const pieces = await piecesOf(evidence, system.id)

    vi.stubGlobal('fetch', () => {
      throw new Error('the network is off')
    })
    vi.useFakeTimers({ now: new Date(noon.getTime() + 10 * 365 * 86_400_000), toFake: ['Date'] })
    const { signature } = readEnvelope(xml, { profile: 'legacy', receivedAt: noon })
    if (!signature) throw new Error('no signature material')
    const again = await repeatSeal({
      material: signature,
      senderCode: evidence.document.sender,
      first: evidence.seal,
      evidence: pieces,
    })

    const { verdict, code, rule } = evidence.seal
    expect(again).toMatchObject({ verdict, code, rule })
    if (verdict === 'VALID') expect(again).toEqual(evidence.seal)
  })

  it('and not when a piece of it is missing', async () => {
    const xml = hub.sealed(wish)
    const { id } = (await hub.post(xml, 'g99')).json()
    const evidence = await evidenceOf(id, 'g99')
    const pieces = await piecesOf(evidence, 'g99')
    const { signature } = readEnvelope(xml, { profile: 'strict', receivedAt: noon })
    if (!signature) throw new Error('no signature material')

    const codes = await Promise.all(
      (['certificate', 'crl'] as const).map(async missing => {
        const rest = pieces.filter(({ kind }) => kind !== missing)
        const question = { material: signature, senderCode: 'G99', first: evidence.seal, evidence: rest }
        return (await repeatSeal(question)).code
      }),
    )

    expect(codes).toEqual(['PATH_NOT_FOUND', 'REVOCATION_UNAVAILABLE'])
  })
})

it('gives every piece under its own hash, and no piece of other documents', async () => {
  const own = (await hub.post(hub.sealed(wish), 'g99')).json()
  const other = (await hub.post(hub.sealed({ sender: 'H99', receivers: ['G98'] }), 'h99')).json()

  const pieces = await piecesOf(await evidenceOf(own.id, 'g99'), 'g99')
  const othersLeaf = other.verdict.path[0]
  const answer = await hub.get(`/api/v1/documents/${own.id}/evidence/${othersLeaf}`, 'g99')

  for (const { sha256, der } of pieces) expect(createHash('sha256').update(der).digest('hex')).toBe(sha256)
  expect(answer.statusCode).toBe(404)
})

it('opens verdicts and evidence to operators, by a call of their own', async () => {
  const { id } = (await hub.post(hub.sealed(wish), 'g99')).json()

  const answer = await hub.get(`/api/v1/admin/documents/${id}/evidence`, 'operator')
  const piece = await hub.get(answer.json().items[0].url, 'operator')

  expect(answer.json()).toMatchObject({ document: { id }, seal: { verdict: 'VALID' } })
  expect(piece.statusCode).toBe(200)
})

it('keeps the evidence of a seal by mandate, and repeats it', async () => {
  const { mandateId } = await mandate()
  const xml = sealedEnvelope({ sender: 'H99.05', receivers: ['G99'] }, hub.seals.H99 as never)
  const { id } = (await hub.post(xml, 'h99.05')).json()
  const evidence = await evidenceOf(id, 'h99.05')
  const { signature } = readEnvelope(xml, { profile: 'strict', receivedAt: noon })
  if (!signature) throw new Error('no signature material')

  const again = await repeatSeal({
    material: signature,
    senderCode: 'H99.05',
    first: evidence.seal,
    evidence: await piecesOf(evidence, 'h99.05'),
  })

  expect(again).toEqual(evidence.seal)
  expect(again.binding).toEqual({ holderCode: 'H99', mandate: { id: mandateId, kind: 'seal' } })
})

async function mandate(): Promise<{ mandateId: string }> {
  const wanted = { principal: 'H99.05', holder: 'H99', kind: 'seal', validFrom: '2029-01-01T00:00:00Z' }
  const answer = await hub.postJson('/api/v1/admin/mandates', wanted, 'operator')
  return { mandateId: answer.json().id }
}

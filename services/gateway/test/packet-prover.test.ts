import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { envelopeXml, noon } from '@docaxis/testkit'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPacketProver, type PacketProver } from '../src/proving/packet-prover.ts'
import type { PacketProof } from '../src/proving/prove-task.ts'

const packet = envelopeXml({ sender: 'G99', receivers: ['H99'], documentId: 'G99,2030,1' })
const small = 10_000
const large = 10_000_000
const worker = new URL('./stumbling-worker.ts', import.meta.url)
let folder: string
let prover: PacketProver

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-prover-'))
  prover = createPacketProver({ cores: 1, worker, maxWaiting: { small: 2, large: 2 } })
})
afterEach(async () => {
  await letGo()
  await prover.close()
  await rm(folder, { recursive: true, force: true })
})

async function prove(name: string, sizeBytes: number): Promise<PacketProof> {
  const path = join(folder, name)
  await writeFile(path, packet)
  const options = { profile: 'strict', receivedAt: noon } as const
  return prover.prove({ packet: { path }, options, spoolFolder: folder, documents: 'large' }, sizeBytes)
}

function letGo(): Promise<void> {
  return writeFile(join(folder, 'go-on'), '')
}

it('proves a packet whose thread has died, in another one', async () => {
  const proof = await prove('dies-once', small)

  expect(proof.reading.envelope?.documentId).toBe('G99,2030,1')
})

it('gives up a packet that ends every thread, and goes on with the next', async () => {
  const poisoned = prove('dies-always', small)
  const next = prove('harmless', small)

  await expect(poisoned).rejects.toThrow('worker exited')
  expect((await next).reading.findings).toEqual([])
  expect((await prove('another', small)).reading.findings).toEqual([])
})

it('does not let a large packet block a small one', async () => {
  const blocked = prove('waits', large)

  expect((await prove('small', small)).reading.findings).toEqual([])

  await letGo()
  expect((await blocked).reading.findings).toEqual([])
})

it('takes no more packets than may wait, and takes them again afterwards', async () => {
  const first = prove('waits-0', small)
  await expect.poll(() => readdir(folder), { timeout: 15_000 }).toContain('begun')
  const others = [1, 2].map(number => prove(`waits-${number}`, small))
  await expect.poll(() => prover.waiting()).toBe(2)

  await expect(prove('one too many', small)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })

  await letGo()
  await Promise.all([first, ...others])
  expect((await prove('later', small)).reading.findings).toEqual([])
})

it('says that the packet may be sent again when its files cannot be decoded to the disk', async () => {
  const attachments = [{ name: 'a.pdf', content: randomBytes(1_000_000) }]
  const bytes = envelopeXml({ sender: 'G99', receivers: ['H99'], attachments })
  const options = { profile: 'strict', receivedAt: noon } as const

  const proof = prover.prove(
    { packet: { bytes }, options, spoolFolder: join(folder, 'gone'), documents: 'large' },
    small,
  )

  await expect(proof).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
})

it('reads nothing of a file that is gone', async () => {
  const options = { profile: 'strict', receivedAt: noon } as const

  const proof = prover.prove(
    { packet: { path: join(folder, 'gone') }, options, spoolFolder: folder, documents: 'large' },
    small,
  )

  await expect(proof).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' })
})

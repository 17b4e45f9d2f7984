import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWithKafka } from '@docaxis/testkit'
import { describe, expect, it } from 'vitest'
import { killSweep, type Victims } from '../src/faults/kill-sweep.ts'
import { distributedVictims } from '../src/faults/shapes/distributed.ts'
import { embeddedVictims } from '../src/faults/shapes/embedded.ts'

const describeOnKafka = await describeWithKafka()
const patienceMs = 300_000

describe('the hub in one process', () => {
  it('loses and doubles nothing when it and its PostgreSQL are killed', () => sweep(embeddedVictims, 4), patienceMs)
})

describeOnKafka('services apart, on PostgreSQL and Kafka', () => {
  it('loses and doubles nothing when any of them is killed', () => sweep(distributedVictims, 10), patienceMs)
})

async function sweep(start: (folder: string) => Promise<Victims>, kills: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-kills-'))
  const victims = await start(folder)
  try {
    const result = await killSweep(victims, { seed: 20260101, documents: 100, kills, log: () => undefined })

    expect(result).toMatchObject({ accepted: 100, refused: 0, violations: [] })
  } finally {
    await victims.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

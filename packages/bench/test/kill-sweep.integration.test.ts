import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWithKafka, orphansLeftIn } from '@docaxis/testkit'
import { describe, expect, it } from 'vitest'
import { killSweep, type SweepResult, type Victims } from '../src/faults/kill-sweep.ts'
import { distributedVictims } from '../src/faults/shapes/distributed.ts'
import { embeddedVictims } from '../src/faults/shapes/embedded.ts'

const describeOnKafka = await describeWithKafka()
const patienceMs = 300_000

describe('the hub in one process', () => {
  it(
    'loses and doubles nothing when it and its PostgreSQL are killed',
    () => sweep(embeddedVictims, 4, 'data'),
    patienceMs,
  )
})

describeOnKafka('services apart, on PostgreSQL and Kafka', () => {
  it(
    'loses and doubles nothing when any of them is killed',
    () => sweep(distributedVictims, 10, 'database'),
    patienceMs,
  )
})

/** @param databaseFolder where the PostgreSQL of the shape lies */
async function sweep(
  start: (folder: string) => Promise<Victims>,
  kills: number,
  databaseFolder: string,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-kills-'))
  try {
    const result = await sweepAndStop(await start(folder), kills)

    expect(result).toMatchObject({ accepted: 100, refused: 0, violations: [] })
    expect(await orphansLeftIn(join(folder, databaseFolder))).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function sweepAndStop(victims: Victims, kills: number): Promise<SweepResult> {
  try {
    return await killSweep(victims, { seed: 20260101, documents: 100, kills, log: () => undefined })
  } finally {
    await victims.stop()
  }
}

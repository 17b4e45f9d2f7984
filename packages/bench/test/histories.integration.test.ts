import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type HistoriesOptions, runHistories } from '../src/histories/histories.ts'
import { rules } from '../src/histories/rules.ts'

const patienceMs = 600_000
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-histories-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = (name: string, options: Partial<HistoriesOptions>) =>
  runHistories({ histories: 200, seed: 20260101, concurrency: 16, folder: join(folder, name), ...options })

it(
  'shows in 200 random histories what the model says',
  async () => {
    const { histories, differences } = await run('as-it-is', {})

    expect({ histories, differences }).toEqual({ histories: 200, differences: [] })
  },
  patienceMs,
)

it(
  'names what a hub would do wrong: here the model is the one that is wrong',
  async () => {
    const wrong = { ...rules, acknowledge: () => 'withdrawn' as const }

    const { differences } = await run('wrong', { histories: 10, rules: wrong })

    expect(differences.some(difference => difference.startsWith('ack of'))).toBe(true)
  },
  patienceMs,
)

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { orphans } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HistoriesOptions, runHistories } from '../src/histories/histories.ts'
import { type HistoriesHub, startHistoriesHub } from '../src/histories/hub.ts'
import { rules } from '../src/histories/rules.ts'
import { shrink } from '../src/histories/shrink.ts'

const patienceMs = 600_000
let folder: string
let hub: HistoriesHub

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-histories-'))
  hub = await startHistoriesHub(folder)
}, patienceMs)

afterAll(async () => {
  await hub?.stop()
  await rm(folder, { recursive: true, force: true })
}, patienceMs)

const run = (options: Partial<HistoriesOptions>) =>
  runHistories(hub, { histories: 8, seed: 20260101, concurrency: 24, shortened: 1, ...options })

it(
  'a hub shows in 40 random histories what the model says',
  async () => {
    const { histories, differences } = await run({ histories: 40 })

    expect({ histories, differences }).toEqual({ histories: 40, differences: [] })
    expect(await orphans(hub.database)).toEqual([])
  },
  patienceMs,
)

it(
  'a wrong rule of the model is named, with the steps that lead there',
  async () => {
    const wrong = { ...rules, acknowledge: () => 'withdrawn' as const }

    // One in which a delivery is acknowledged soon: of several, whichever ended first would be told.
    const { differences } = await run({ rules: wrong, only: 5 })

    expect(differences.some(difference => /^ack of .* after history \d+ .*--without/.test(difference))).toBe(true)
  },
  patienceMs,
)

/** Faults put into the hub's database: whatever code had them, they would look like this from outside. */
const faults = [
  {
    fault: 'loses receipts of delivery',
    shown: /^receipts for /,
    on: "before insert on receipt for each row when (new.kind = 'delivery')",
    does: 'return null;',
  },
  {
    fault: 'forgets that a delivery was fetched',
    shown: /^(deliveries|documents that wait) of /,
    on: `before update on delivery for each row when (new.state = 'fetched')`,
    does: `new.state := 'available'; return new;`,
  },
  {
    fault: 'delivers to one more agency',
    shown: /^(documents that wait|rows) of /,
    on: `after insert on delivery for each row when (new.kind = 'document' and right(new.receiver, 1) = 'A')`,
    does: `
      insert into delivery (id, document_id, kind, receiver, receiver_written, level, priority, state, accepted_at,
                            available_at, due_at)
      values (reverse(new.id), new.document_id, 'document', left(new.receiver, -1) || 'B', new.receiver, new.level, 0,
              'available', new.accepted_at, now(), now())
      on conflict do nothing;
      return null;`,
  },
] as const

describe('a hub that', () => {
  it.each(faults)(
    '$fault is found out',
    async ({ shown, on, does }) => {
      await hub.database.query(
        `create function spoil() returns trigger language plpgsql as $$ begin ${does} end $$;
         create trigger spoil ${on} execute function spoil()`,
      )
      try {
        const { differences } = await run({})

        expect(differences).toContainEqual(expect.stringMatching(shown))
      } finally {
        await hub.database.query('drop function spoil() cascade')
      }
    },
    patienceMs,
  )
})

it('a difference is told with no more steps than it needs', async () => {
  const needed = [2, 5]

  const without = await shrink(8, async left => needed.every(step => !left.has(step)))

  expect([...without].sort()).toEqual([0, 1, 3, 4, 6, 7])
})

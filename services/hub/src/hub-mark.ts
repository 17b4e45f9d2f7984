import { type HubConfig, StartRefused } from '@docaxis/service'
import type { Database } from '@docaxis/store'

const demoSetting = 'hub.demo'
const correspondenceSetting = 'hub.demo-correspondence'

/**
 * Whether this hub is a demo: decided at its first start, kept in its database from then on. Without DOCAXIS_DEMO an
 * embedded database becomes a demo, any other does not.
 *
 * @throws StartRefused when the settings contradict what the hub is, or leave open what it must say on receipts
 */
export async function markHub(
  database: Database,
  config: Pick<HubConfig, 'demo' | 'environment' | 'databaseUrl'>,
): Promise<boolean> {
  const kept = await readSetting(database, demoSetting)
  const demo = typeof kept === 'boolean' ? kept : (config.demo ?? config.databaseUrl === undefined)
  if (config.demo !== undefined && config.demo !== demo) throw new StartRefused(contradiction(demo))
  if (!demo && config.environment === undefined) {
    throw new StartRefused(
      'DOCAXIS_ENVIRONMENT is not set: set it to test or production, it stands on receipts; or try the demo with DOCAXIS_DEMO=on',
    )
  }
  await keepSetting(database, demoSetting, demo)
  return demo
}

export async function correspondenceDone(database: Database): Promise<boolean> {
  return (await readSetting(database, correspondenceSetting)) === true
}

export async function markCorrespondenceDone(database: Database): Promise<void> {
  await keepSetting(database, correspondenceSetting, true)
}

function contradiction(demo: boolean): string {
  return demo
    ? 'this hub is a demo, and stays one: remove DOCAXIS_DEMO=off, or start a new hub on another data folder or database'
    : 'this hub is not a demo, and never becomes one: remove DOCAXIS_DEMO=on, or start a demo on another data folder or database'
}

async function readSetting(database: Database, name: string): Promise<unknown> {
  const { rows } = await database.query<{ value: unknown }>('select value from hub_setting where name = $1', [name])
  return rows[0]?.value
}

async function keepSetting(database: Database, name: string, value: boolean): Promise<void> {
  await database.query(
    'insert into hub_setting (name, value) values ($1, to_jsonb($2::boolean)) on conflict (name) do nothing',
    [name, value],
  )
}

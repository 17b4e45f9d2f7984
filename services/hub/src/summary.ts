import { join } from 'node:path'
import type { HubConfig } from '@docaxis/service'
import type { RunningHub } from './start-hub.ts'

/** What a person wants to know at the start, for a terminal. */
export function summaryLines(hub: RunningHub, config: HubConfig): readonly string[] {
  const shown = hub.url.replace('//0.0.0.0:', '//127.0.0.1:')
  const rows: (readonly [string, string])[] = [
    ['console', shown],
    ['API', `${shown}/api/v1`],
    ['docs', `${shown}/api/docs`],
    ['data', config.dataDir],
    ['database', config.databaseUrl === undefined ? 'embedded PostgreSQL' : 'DOCAXIS_DATABASE_URL'],
    ['event log', config.kafkaBrokers === undefined ? 'in the database' : `Kafka, ${config.kafkaBrokers.join(', ')}`],
  ]
  if (hub.demoFolder !== undefined) {
    rows.push(['demo', `${join(hub.demoFolder, 'agencies.json')} (agencies, tokens, keys; a fictional country)`])
  }
  if (hub.operatorTokenFile !== undefined) rows.push(['operator', `token in ${hub.operatorTokenFile}`])
  return [
    hub.demo ? 'docaxis is ready: DEMO, nothing here is official' : `docaxis is ready (${config.environment})`,
    ...rows.map(([label, value]) => `  ${label.padEnd(10)} ${value}`),
    'Stop with Ctrl+C.',
  ]
}

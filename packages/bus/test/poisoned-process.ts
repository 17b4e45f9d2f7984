/**
 * A consumer process that dies of one event, for process-death.test.ts:
 * `node poisoned-process.ts <database url> <group> <poison event id> [broker,…]`. Prints each event it survived.
 */
import { openDatabase } from '@docaxis/store'
import { createBus } from '../src/index.ts'
import { topic } from './test-events.ts'

const [url = '', group = '', poison = '', brokers] = process.argv.slice(2)
const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore }

const bus = createBus({
  kind: brokers === undefined ? 'postgres' : 'kafka',
  brokers: brokers?.split(','),
  database: openDatabase({ connectionString: url }),
  logger: quiet,
  clientId: 'poisoned',
  leaseSeconds: brokers === undefined ? 1 : 6,
})
bus.subscribe({
  group,
  topics: [topic],
  maxAttempts: 1,
  handle: async events => {
    if (events.some(event => event.id === poison)) process.kill(process.pid, 'SIGKILL')
    process.stdout.write(events.map(event => `${event.id}\n`).join(''))
  },
})
await bus.start()

function ignore(): void {}

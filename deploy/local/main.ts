/**
 * `pnpm local up | down | status | fetch`: PostgreSQL and Kafka on this machine, for development and tests.
 *
 * Exit codes: 0 done, 1 something on this machine must be put right first, 2 wrong usage.
 */
import { relative } from 'node:path'
import { down, envFile, localFolder, status, up } from './environment.ts'
import { kafkaJars } from './kafka-jars.ts'
import { LocalSetupError } from './programs.ts'

const usage = `Usage: pnpm local <command>
  up      start PostgreSQL and Kafka, keep their data under .local/, write .local/env
  down    stop them; the data stays
  status  say what runs
  fetch   get Kafka's jars now, for a machine that is offline later`

const say = (line: string) => console.log(line)

async function run(command: string | undefined): Promise<number> {
  switch (command) {
    case 'up': {
      const { kafkaBrokers, databaseUrl } = await up(say)
      say(`PostgreSQL answers at ${new URL(databaseUrl).host}, Kafka at ${kafkaBrokers}.`)
      say('Start the hub on them:  set -a; . .local/env; set +a; npx --yes pnpm@12.21.0 start')
      say(`Settings: ${relative(process.cwd(), envFile)}`)
      return 0
    }
    case 'down':
      await down()
      say('Stopped. The data stays under .local/.')
      return 0
    case 'status':
      for (const line of await status()) say(line)
      return 0
    case 'fetch':
      say(`Kafka's jars are in ${relative(process.cwd(), await kafkaJars(localFolder))}.`)
      return 0
    default:
      console.error(usage)
      return 2
  }
}

try {
  process.exitCode = await run(process.argv[2])
} catch (error) {
  if (!(error instanceof LocalSetupError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

import { type HubConfig, runProgram } from '@docaxis/service'
import { type RunningHub, startHub } from './start-hub.ts'
import { summaryLines } from './summary.ts'

const { stdout, env } = process

await runProgram(
  {
    // A person at a terminal reads the summary and whatever is wrong; a log collector reads every outcome.
    env: stdout.isTTY ? { ...env, DOCAXIS_LOG_LEVEL: env.DOCAXIS_LOG_LEVEL || 'warn' } : env,
    stderr: process.stderr,
    on: (event, listener) => process.on(event, listener),
    exit: code => process.exit(code),
  },
  async (config, logger) => {
    const hub = await startHub({ config, logger })
    const { url, demo, demoFolder } = hub
    if (stdout.isTTY) announce(hub, config)
    else logger.info({ url, demo, demoFolder }, 'hub ready')
    return hub
  },
)

function announce(hub: RunningHub, config: HubConfig): void {
  stdout.write(`${summaryLines(hub, config).join('\n')}\n`)
}

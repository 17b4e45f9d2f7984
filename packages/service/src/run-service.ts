import { MigrationError } from '@docaxis/store'
import type { Logger } from 'pino'
import { composeServices } from './compose-services.ts'
import { ConfigError, type HubConfig, readConfig } from './config.ts'
import { createLogger } from './log/logger.ts'
import { openResources } from './open-resources.ts'
import type { CreateService } from './service.ts'
import { StartRefused } from './start-refused.ts'

/** The part of `process` that a program needs; `main.ts` hands it in. */
export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stderr: { write(text: string): unknown }
  on(event: string, listener: (cause: unknown) => void): unknown
  exit(code: number): unknown
}

/** What runs until it is asked to stop. */
export interface Running {
  stop(): Promise<void>
}

export type Start = (config: HubConfig, logger: Logger) => Promise<Running>

/** A database that restarts or fails over is back within this time; an orchestrator tries again after it. */
const patienceMs = 60_000

/** Everything is finished in hand well before an orchestrator loses patience (30 s). */
const stopMs = 28_000

/** Exit codes: 0 stopped as asked, 1 failed, 2 the settings are wrong. */
const exitCodes = { stopped: 0, failed: 1, misconfigured: 2 } as const

/**
 * Runs one service as a program of its own, on the database of `DOCAXIS_DATABASE_URL`.
 *
 * @param host `process`
 */
export async function runService(name: string, createService: CreateService, host: Host): Promise<void> {
  await runProgram(host, async (config, logger) => {
    if (config.databaseUrl === undefined) throw new ConfigError(['DOCAXIS_DATABASE_URL must be set: services share it'])
    const resources = await openResources(config, { name, databaseUrl: config.databaseUrl, logger, patienceMs })
    const composition = await composeServices(config, resources, { [name]: createService })
    const stop = async () => {
      await composition.stop()
      await resources.close()
    }
    try {
      const address = await composition.start()
      logger.info({ service: name, address }, 'ready')
      return { stop }
    } catch (error) {
      await stop().catch(() => undefined)
      throw error
    }
  })
}

/** Reads the settings, starts, and stops at SIGTERM, SIGINT or SIGHUP; a second signal, or an error nobody caught, ends it now. */
export async function runProgram(host: Host, start: Start): Promise<void> {
  const config = configOrUndefined(host)
  if (config === undefined) return
  const logger = createLogger(config)
  const end = (code: number) => logger.flush(() => host.exit(code))

  const crash = (cause: unknown) => {
    logger.fatal({ err: cause }, 'an error that nobody caught')
    end(exitCodes.failed)
  }
  host.on('uncaughtException', crash)
  host.on('unhandledRejection', crash)

  const starting = start(config, logger)
  stopAtSignal(host, logger, starting, end)
  try {
    await starting
  } catch (error) {
    if (isPlain(error)) host.stderr.write(`${error.message}\n`)
    else logger.fatal({ err: error }, 'could not start')
    end(error instanceof ConfigError || error instanceof StartRefused ? exitCodes.misconfigured : exitCodes.failed)
  }
}

/** Its message says all that a person needs; a stack would only hide it. */
function isPlain(error: unknown): error is Error {
  return error instanceof ConfigError || error instanceof StartRefused || error instanceof MigrationError
}

function stopAtSignal(host: Host, logger: Logger, starting: Promise<Running>, end: (code: number) => void): void {
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    host.on(signal, () => {
      if (stopping) return end(exitCodes.failed)
      stopping = true
      logger.info({ signal }, 'stopping')
      setTimeout(() => {
        logger.fatal('did not stop in time')
        end(exitCodes.failed)
      }, stopMs).unref()
      starting
        .then(running => running.stop())
        .then(
          () => end(exitCodes.stopped),
          error => {
            logger.fatal({ err: error }, 'could not stop')
            end(exitCodes.failed)
          },
        )
    })
  }
}

function configOrUndefined(host: Host): HubConfig | undefined {
  try {
    return readConfig(host.env)
  } catch (error) {
    host.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    host.exit(exitCodes.misconfigured)
    return undefined
  }
}

import { type DestinationStream, destination, type Logger, pino, stdSerializers } from 'pino'
import type { HubConfig } from '../config.ts'
import { censored, redactError, redactSecrets, secretNames } from './redact.ts'

export type { Logger } from 'pino'

/** Lines kept while the reader of the log is slow; beyond that they are dropped, and the hub goes on. */
const maxBufferedBytes = 8 * 1024 * 1024

/** A child logger's own fields pass no formatter, only serializers. */
const censors = Object.fromEntries(secretNames.map(name => [name, () => censored]))

/**
 * Logs JSON lines to standard output, or to `stream` in tests. A full or broken pipe never holds up the hub: the log is
 * no evidence, the audit entries are.
 */
export function createLogger(
  config: Pick<HubConfig, 'logLevel'>,
  stream: DestinationStream = standardOutput(),
): Logger {
  return pino(
    {
      level: config.logLevel,
      base: undefined,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: label => ({ level: label }), log: redactSecrets },
      serializers: { ...censors, err: error => redactError(stdSerializers.err(error)) },
    },
    stream,
  )
}

function standardOutput(): DestinationStream {
  const output = destination({ dest: 1, sync: false, maxLength: maxBufferedBytes })
  output.on('error', () => undefined)
  return output
}

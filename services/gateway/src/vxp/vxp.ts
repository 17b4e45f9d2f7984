import type { HubConfig, ServiceDeps } from '@docaxis/service'
import { openSecretBox, type SecretBox } from '@docaxis/store'
import { type CallLog, createCallLog } from './call-log.ts'
import { createDirectorySnapshots, type DirectorySnapshots } from './directory-snapshot.ts'
import { createPace, type Pace, type VxpPace } from './pace.ts'
import { createReplays, type Replays } from './replays.ts'
import { createVxpMetrics, type VxpMetrics } from './vxp-metrics.ts'

/** What the VXP protocol needs beside the rest of the gateway. */
export interface Vxp {
  /** Undefined where no key file is set: no system can have a secret then. */
  readonly secretBox: () => Promise<SecretBox | undefined>
  readonly calls: CallLog
  readonly replays: Replays
  readonly pace: Pace
  readonly directory: DirectorySnapshots
  readonly metrics: VxpMetrics
}

export function createVxp(
  config: Pick<HubConfig, 'secretsKeyFile' | 'requestsPerMinute'>,
  deps: ServiceDeps,
  pace: VxpPace,
): Vxp {
  const { database, logger } = deps
  const calls = createCallLog(deps)
  const metrics = createVxpMetrics(deps.metrics)
  let box: Promise<SecretBox | undefined> | undefined
  return {
    secretBox: () => {
      box ??= config.secretsKeyFile === undefined ? Promise.resolve(undefined) : openSecretBox(config.secretsKeyFile)
      return box
    },
    calls,
    replays: createReplays({ database, logger, calls, metrics }),
    pace: createPace({ ...pace, callsPerMinute: config.requestsPerMinute }),
    directory: createDirectorySnapshots(database, deps.now),
    metrics,
  }
}

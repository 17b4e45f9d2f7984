import { type PeriodicOptions, periodic, type ServiceDeps } from '@docaxis/service'
import { type BlobFault, collectGarbage, purgeKeys, retention, scrub, takeUpkeepTurn } from '@docaxis/store'
import { expireUploads } from './uploads/expire-uploads.ts'

type Deps = Pick<ServiceDeps, 'database' | 'blobs' | 'logger' | 'now'>

interface Task {
  readonly name: string
  readonly everyHours: number
  readonly work: () => Promise<void>
}

export interface UpkeepOptions {
  /** How often this process asks whether something is due. */
  readonly askEveryMs: number
  /** Told of every blob that is not what its hash says. */
  readonly onFault: (fault: BlobFault) => void
}

/**
 * What keeps the gateway's stores in order: blobs that no document names, blobs that went bad on disk, keys that nobody
 * repeats. Each is due at its own pace, and one process of many does it.
 */
export function createUpkeep(deps: Deps, { askEveryMs, onFault }: UpkeepOptions) {
  return periodic({
    everyMs: askEveryMs,
    work: async () => {
      for (const task of tasksOf(deps, onFault)) {
        if (await takeUpkeepTurn(deps.database, task.name, task.everyHours)) await task.work()
      }
      return false
    },
    onError: error => deps.logger.error({ err: error }, 'upkeep failed'),
  } satisfies PeriodicOptions)
}

function tasksOf({ database, blobs, logger, now }: Deps, onFault: UpkeepOptions['onFault']): readonly Task[] {
  return [
    {
      name: 'blob-garbage',
      everyHours: 24,
      work: async () => {
        const report = await collectGarbage(database, blobs, { now })
        logger.info(report, 'blobs that no document names are removed')
      },
    },
    {
      name: 'blob-scrub',
      everyHours: 7 * 24,
      work: async () => {
        for await (const fault of scrub(database, blobs)) {
          onFault(fault)
          logger.error(fault, 'a blob is damaged: restore it from a backup')
        }
      },
    },
    {
      name: 'uploads',
      everyHours: 1,
      work: async () => {
        const removed = await expireUploads({ database, blobs, now })
        if (removed > 0) logger.info({ removed }, 'expired uploads are removed')
      },
    },
    {
      name: 'idempotency-keys',
      everyHours: 24,
      work: async () => {
        const removed = await purgeKeys(database, retention.keyDays)
        logger.info({ removed }, 'old idempotency keys are removed')
      },
    },
  ]
}

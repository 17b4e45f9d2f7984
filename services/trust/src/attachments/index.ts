import { availableParallelism } from 'node:os'
import { createClamd, createDocumentFinder, createPdfChecker, withRegister } from '@docaxis/attachments'
import { type HubConfig, type Periodic, periodic, type ServiceDeps, type TrustSource } from '@docaxis/service'
import { attachmentChecker, type CheckerSettings, checkerDefaults } from './attachment-checker.ts'
import { busyGauge } from './busy-gauge.ts'
import { attachmentMetrics } from './metrics.ts'

/** Work in the background that is started and stopped with the service. */
export interface AttachmentChecks {
  readonly tasks: readonly Periodic[]
  /** After the tasks have stopped. */
  close(): Promise<void>
}

const stockEveryMs = 15_000
const malwareWorkers = 2

/** Checks what acceptance left to be checked: the signatures inside PDFs, and malware. */
export function attachmentChecks(
  config: Pick<HubConfig, 'malware' | 'clamdUrl'>,
  deps: ServiceDeps,
  trust: TrustSource,
  settings: CheckerSettings = checkerDefaults,
): AttachmentChecks {
  const { database, blobs, logger, now, clock } = deps
  const threads = Math.max(1, availableParallelism() - 1)
  const documents = createDocumentFinder(blobs)
  const pdf = withRegister(database, createPdfChecker({ threads }))
  const metrics = attachmentMetrics(deps.metrics)
  const scanner = config.malware === 'off' || !config.clamdUrl ? undefined : createClamd({ url: config.clamdUrl })
  const shared = { database, logger, now, clock, trust, documents, pdf, metrics, busy: busyGauge() }
  const checker = { ...shared, ...(scanner && { scanner }) }
  const stock = periodic({
    everyMs: stockEveryMs,
    async work() {
      await metrics.takeStock(database)
      return false
    },
    onError: error => logger.error({ err: error }, 'checks of attachments were not counted'),
  })
  const workers = (count: number, kind: 'signatures' | 'malware') =>
    Array.from({ length: count }, () => attachmentChecker(checker, kind, settings))
  return {
    tasks: [...workers(threads, 'signatures'), ...(scanner ? workers(malwareWorkers, 'malware') : []), stock],
    close: async () => {
      await Promise.all([documents.close(), pdf.close()])
    },
  }
}

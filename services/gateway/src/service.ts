import { createClamd, createPdfChecker, withRegister } from '@docaxis/attachments'
import { createReceiptPrinter } from '@docaxis/print'
import { createTrustSource, type HubConfig, type Service, type ServiceDeps } from '@docaxis/service'
import { gatewayRoutes } from './app.ts'
import { createWatch, watchingNobody } from './conformance/watch.ts'
import type { Gateway } from './gateway.ts'
import { createKeptEvidence } from './intake/kept-evidence.ts'
import { createLookups } from './intake/lookups.ts'
import type { MalwareDeps } from './intake/malware-rules.ts'
import { createPacketWriter } from './intake/packet-writer.ts'
import { createMetrics } from './metrics.ts'
import { createPacketProver } from './proving/packet-prover.ts'
import { createUpkeep } from './upkeep.ts'
import { createReceiptJudge } from './verify/receipt-judge.ts'
import { usualPace, type VxpPace } from './vxp/pace.ts'
import { createVxp } from './vxp/vxp.ts'

/** How often a process asks whether upkeep is due. */
const upkeepEveryMs = 3_600_000

/**
 * HTTP for e-office systems: proves and accepts documents, hands over mailboxes and evidence.
 *
 * @param pace how VXP callers are slowed down
 */
export function createService(config: HubConfig, deps: ServiceDeps, pace: VxpPace = usualPace): Service {
  const { database, blobs, bus, now, clock } = deps
  const trust = createTrustSource(database, config)
  const prover = createPacketProver()
  const pdf = withRegister(database, createPdfChecker())
  const visitorsPdf = withRegister(database, createPdfChecker())
  const printer = createReceiptPrinter()
  const receipts = createReceiptJudge()
  const metrics = createMetrics(deps.metrics, prover.waiting)
  const vxp = createVxp(config, deps, pace)
  const watch = config.environment === 'production' ? watchingNobody : createWatch(database, deps.logger)
  const gateway: Gateway = {
    database,
    blobs,
    trust,
    visitorsPdf,
    printer,
    receipts,
    metrics,
    vxp,
    settings: config,
    now,
    clock,
    accept: {
      database,
      lookups: createLookups(database),
      writer: createPacketWriter(database),
      blobs,
      bus,
      trust,
      prover,
      attachments: { pdf, trust, clock, malware: malwareOf(config), beforeAcceptBytes: config.beforeAcceptBytes },
      kept: createKeptEvidence(),
      maxEnvelopeBytes: config.maxEnvelopeBytes,
      now,
      clock,
      watch,
      onProved: seconds => metrics.proofSeconds.observe(seconds),
    },
  }

  const upkeep = createUpkeep(deps, { askEveryMs: upkeepEveryMs, onFault: () => metrics.damagedBlobs.inc() })

  return {
    name: 'gateway',
    routes: gatewayRoutes(gateway),
    // Broken anchors and keys are faults of the configuration: found at the start, not with the first document.
    start: async () => {
      await trust.current()
      await vxp.secretBox()
      vxp.calls.start()
      upkeep.start()
    },
    stop: async () => {
      await upkeep.stop()
      await vxp.calls.stop()
      await Promise.all([prover, pdf, visitorsPdf, printer, receipts].map(threads => threads.close()))
    },
  }
}

function malwareOf({ malware: mode, clamdUrl: url }: Pick<HubConfig, 'malware' | 'clamdUrl'>): MalwareDeps {
  return url === undefined ? { mode: 'off' } : { mode, scanner: createClamd({ url }) }
}

import type { HubEvent } from '@docaxis/events'
import { type HubConfig, periodic, type Service, type ServiceDeps } from '@docaxis/service'
import { type SignedReceipt, storeSignedReceipts, type Tx, unsignedReceipts } from '@docaxis/store'
import { readHubKey } from './hub-key.ts'
import { issuerOf } from './issuer.ts'
import { notaryMetrics } from './metrics.ts'
import { type EvidencedTopic, evidencedTopics, receiptNamedBy } from './receipts-named-by.ts'
import { createSign, type Sign } from './sign-receipts.ts'
import { chainer, forwarder, overdueSigner } from './upkeep.ts'

export interface NotarySettings {
  /** A receipt that is owed for longer is signed without its event. */
  readonly overdueMs: number
  readonly sweepEveryMs: number
  /** How often audit rows get their place in the chain. */
  readonly chainEveryMs: number
}

const defaults: NotarySettings = { overdueMs: 30_000, sweepEveryMs: 10_000, chainEveryMs: 250 }

/** Facts -> signed receipts in the sender's feed; audit rows -> a chain. */
export function createService(config: HubConfig, deps: ServiceDeps, settings: NotarySettings = defaults): Service {
  const { bus, logger, syslog } = deps
  const metrics = notaryMetrics(deps.metrics)
  let sign: Sign | undefined

  const signed: Sign = unsigned => {
    if (!sign) throw new Error('the notary signs only after its start')
    return sign(unsigned)
  }

  async function store(tx: Tx, receipts: readonly SignedReceipt[]): Promise<void> {
    await storeSignedReceipts(tx, receipts)
    for (const one of receipts) {
      metrics.issued.inc({ kind: one.receipt.kind })
      logger.info(outcomeOf(one), 'receipt signed')
    }
  }

  async function handle(events: readonly HubEvent<EvidencedTopic>[], tx: Tx): Promise<void> {
    const unsigned = await unsignedReceipts(tx, events.map(receiptNamedBy))
    await store(tx, unsigned.map(signed))
  }

  const upkeep = [
    overdueSigner(deps, settings, { sign: signed, store }),
    chainer(deps, settings.chainEveryMs),
    ...(syslog ? [forwarder(deps, settings.chainEveryMs, syslog)] : []),
  ].map(periodic)

  return {
    name: 'notary',
    async start() {
      const signer = await readHubKey(config)
      sign = createSign(signer, issuerOf(config, signer.certificate))
      bus.subscribe<EvidencedTopic>({ group: 'notary', topics: evidencedTopics, handle })
      for (const task of upkeep) task.start()
    },
    async stop() {
      await Promise.all(upkeep.map(task => task.stop()))
    },
  }
}

function outcomeOf({ receipt, xmlSha256 }: SignedReceipt) {
  const { id: receiptId, kind, document, delivery, refusal, systemId } = receipt
  return {
    receiptId,
    kind,
    systemId,
    receiptSha256: xmlSha256,
    ...(document && { documentId: document.id }),
    ...(delivery && { deliveryId: delivery.id }),
    ...(refusal && { refusalId: refusal.id }),
    ...(document?.traceparent && { traceparent: document.traceparent }),
  }
}

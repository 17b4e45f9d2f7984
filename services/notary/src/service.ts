import type { HubEvent } from '@docaxis/events'
import {
  type HealthCheck,
  type HubConfig,
  openHubKeys,
  periodic,
  type Service,
  type ServiceDeps,
} from '@docaxis/service'
import { type SignedReceipt, storeSignedReceipts, type Tx, unsignedReceipts } from '@docaxis/store'
import { notaryMetrics } from './metrics.ts'
import { type EvidencedTopic, evidencedTopics, receiptNamedBy } from './receipts-named-by.ts'
import { createTurnSigner, type TurnSigner } from './signing-turns.ts'
import { type StamperSettings, stampCheck, stampers } from './stamps/stamper.ts'
import { chainer, forwarder, overdueSigner } from './upkeep.ts'

export interface NotarySettings extends StamperSettings {
  /** A receipt that is owed for longer is signed without its event. */
  readonly overdueMs: number
  readonly sweepEveryMs: number
  /** How often audit rows get their place in the chain. */
  readonly chainEveryMs: number
}

const defaults: NotarySettings = {
  overdueMs: 30_000,
  sweepEveryMs: 10_000,
  chainEveryMs: 250,
  tsaTimeoutMs: 10_000,
  stampBackOffMs: 5_000,
}

/** Facts -> signed receipts in the sender's feed; audit rows -> a chain. */
export function createService(config: HubConfig, deps: ServiceDeps, changes: Partial<NotarySettings> = {}): Service {
  const settings = { ...defaults, ...changes }
  const { bus, logger, syslog } = deps
  const metrics = notaryMetrics(deps.metrics)
  const opened = new AsyncDisposableStack()
  let signer: TurnSigner | undefined

  function ownSigner(): TurnSigner {
    if (!signer) throw new Error('the notary signs only after its start')
    return signer
  }

  async function store(tx: Tx, receipts: readonly SignedReceipt[]): Promise<void> {
    await storeSignedReceipts(tx, receipts, config.tsaPolicy)
    for (const one of receipts) {
      metrics.issued.inc({ kind: one.receipt.kind })
      logger.info(outcomeOf(one), 'receipt signed')
    }
  }

  async function handle(events: readonly HubEvent<EvidencedTopic>[], tx: Tx): Promise<void> {
    const unsigned = await unsignedReceipts(tx, events.map(receiptNamedBy))
    if (unsigned.length === 0) return
    const sign = await ownSigner().within(tx)
    await store(tx, await Promise.all(unsigned.map(sign)))
  }

  const upkeep = [
    overdueSigner(deps, settings, { signer: ownSigner, store }),
    chainer(deps, settings.chainEveryMs),
    ...stampers(config, deps, settings),
    ...(syslog ? [forwarder(deps, settings.chainEveryMs, syslog)] : []),
  ].map(periodic)

  return {
    name: 'notary',
    async start() {
      const keys = await openHubKeys(config, deps.now())
      opened.defer(() => keys.close())
      signer = await createTurnSigner(keys, { config, database: deps.database })
      bus.subscribe<EvidencedTopic>({ group: 'notary', topics: evidencedTopics, handle })
      for (const task of upkeep) task.start()
    },
    async stop() {
      await Promise.all(upkeep.map(task => task.stop()))
      await opened.disposeAsync()
    },
    async ready() {
      const now = deps.now()
      return [keyCheck(await signer?.missing(deps.database, now)), ...(await stampCheck(deps.database, config, now))]
    },
  }
}

/** A note: what this instance signs is still good, as long as its certificate lasts. */
function keyCheck(missing: string | undefined): HealthCheck {
  const detail = missing === undefined ? 'its turn' : `no key for the hub certificate whose turn it is, ${missing}`
  return { name: 'hub key', ok: missing === undefined, advisory: true, detail }
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

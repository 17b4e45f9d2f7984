import type { PdfChecker } from '@docaxis/attachments'
import type { ReceiptPrinter } from '@docaxis/print'
import type { Clock, HubConfig, TrustSource } from '@docaxis/service'
import type { BlobStore, Database } from '@docaxis/store'
import type { AcceptDeps } from './intake/accept-document.ts'
import type { GatewayMetrics } from './metrics.ts'
import type { ReceiptJudge } from './verify/receipt-judge.ts'
import type { Vxp } from './vxp/vxp.ts'

/** Failed authentications of one address a minute, before they are answered 429. */
export const failuresPerMinute = 600

/** What an operator may set. */
export type GatewaySettings = Pick<
  HubConfig,
  | 'anchorOperators'
  | 'anchorsDir'
  | 'demo'
  | 'environment'
  | 'maxEnvelopeBytes'
  | 'publicUrl'
  | 'publicVerify'
  | 'pushInsideHosts'
  | 'pushPlainHosts'
  | 'requestsPerMinute'
  | 'leaseMs'
  | 'maxAttempts'
  | 'backOffMs'
  | 'uploadBytesPerSystem'
  | 'uploadHours'
  | 'uploadsPerSystem'
  | 'vxpBases'
  | 'workingHours'
>

/** What the routes work with. */
export interface Gateway {
  readonly database: Database
  readonly blobs: BlobStore
  readonly accept: AcceptDeps
  readonly trust: TrustSource
  /** For PDFs that anybody has verified: apart from intake's, which strangers must not keep busy. */
  readonly visitorsPdf: PdfChecker
  readonly printer: ReceiptPrinter
  readonly receipts: ReceiptJudge
  readonly metrics: GatewayMetrics
  readonly vxp: Vxp
  readonly settings: GatewaySettings
  readonly now: () => Date
  readonly clock: Clock
}

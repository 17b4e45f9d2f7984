export {
  type AgencyListing,
  findAgencies,
  findAgency,
  getAgency,
} from './agency.ts'
export { type ImportCounts, type ImportMode, importAgencies, lockDirectory } from './agency-import.ts'
export { type AgencyQuery, listAgencyChanges, listGroup, searchAgencies, streamAgencies } from './agency-list.ts'
export { type AuditEntry, recordAudit } from './audit.ts'
export {
  type ChainedEntry,
  type ChainHead,
  type ChainVerdict,
  chainAudit,
  listChained,
  verifyAuditChain,
} from './audit-chain.ts'
export { forwardedAudit, setForwardedAudit } from './audit-forward.ts'
export { type BlobEntry, type FileBlobOptions, type FileBlobs, openFileBlobs } from './blob-files.ts'
export { type BlobFault, collectGarbage, type GarbageOptions, type GarbageReport, scrub } from './blob-garbage.ts'
export { lockBlob } from './blob-lock.ts'
export type { BlobStore, Spool } from './blob-store.ts'
export {
  advanceCursors,
  type Claim,
  type ClaimedEvent,
  type CursorAdvance,
  type CursorLease,
  claimCursors,
  countTry,
  countUnread,
  createCursors,
  LeaseLostError,
  pauseCursor,
  renewLeases,
  type WantedTopic,
} from './bus-cursor.ts'
export {
  type BusinessReport,
  type NewBusinessReport,
  type RecordedReport,
  type ReportStaff,
  recordBusinessReport,
  reportsOfDeliveries,
} from './business-report.ts'
export type { BusinessChange, BusinessCode } from './business-states.ts'
export {
  bindCertificate,
  type CertificateBinding,
  type CertificateHolderRecord,
  findBindings,
  findCertificateHolders,
  type HolderQuestion,
  listCertificates,
  type NewCertificate,
  unbindCertificate,
} from './certificate.ts'
export { type CrlRecord, listCrls, type NewCrl, putCrl } from './crl.ts'
export { type Database, type DatabaseOptions, openDatabase, type Sql, statement, type Tx } from './database.ts'
export {
  type DeadLetter,
  insertDeadLetter,
  listDeadLetters,
  type NewDeadLetter,
  replayDeadLetter,
} from './dead-letter.ts'
export { type Delivery, type DeliveryWithDocument, deliveriesOfDocument, findDelivery } from './delivery.ts'
export { type FetchRequest, type FetchResult, markFetched } from './delivery-fetch.ts'
export {
  type AcknowledgeRequest,
  acknowledgeDeliveries,
  type FailRequest,
  failDeliveries,
  type HandoverOutcome,
  type HandoverResult,
} from './delivery-handover.ts'
export { type ReleasedDelivery, releaseDeliveries } from './delivery-release.ts'
export {
  type FaultyReceiver,
  findUnrouted,
  insertDeliveries,
  lockUnrouted,
  markRouted,
  type NewDelivery,
  type ReceiversToRoute,
  type RoutableReceiver,
  type RoutedFacts,
  receiversToRoute,
  routedEvent,
  type UnroutedDocument,
} from './delivery-routing.ts'
export type { DeliveryState } from './delivery-states.ts'
export { countDeadLetters, countFailed, countWaiting, type WaitingCount } from './delivery-stock.ts'
export { exportDirectory, importDirectory } from './directory-import.ts'
export {
  type DocumentKind,
  type EffectAction,
  type EffectRow,
  insertDocument,
  insertDocuments,
  type NewDocument,
  type PacketAction,
  type ReceiverRow,
} from './document.ts'
export {
  appendDocumentEvents,
  type DocumentEvent,
  type DocumentEventWhat,
  listDocumentEvents,
  type NewDocumentEvent,
} from './document-event.ts'
export {
  type Acceptance,
  type EarlierPacket,
  findAcceptance,
  findAcceptanceByKey,
  findAcceptancesByBytes,
  findEarlierPackets,
  lockOriginal,
  type SentBytes,
} from './document-repeat.ts'
export {
  type AddressedDocument,
  findAddressedDocument,
  findKnownDocumentIds,
  findSendersOf,
} from './document-target.ts'
export {
  type DocumentFilter,
  type DocumentHeader,
  findDocument,
  listDocumentReceivers,
  listDocuments,
} from './document-view.ts'
export {
  type DocumentEffect,
  type EffectTarget,
  type KnownEffects,
  lockEffects,
  lockEffectTargets,
} from './effect-lock.ts'
export { newHubId } from './hub-id.ts'
export { type FirstUse, purgeKeys, useKey } from './idempotency.ts'
export { closeKafkaClaim, type KafkaClaim, openKafkaClaim } from './kafka-claim.ts'
export { listMailbox, type MailboxItem, type MailboxPage, type MailboxQuery } from './mailbox.ts'
export {
  addMandate,
  endMandate,
  findMandate,
  listMandates,
  type MandateKind,
  type MandateRecord,
  type NewMandate,
} from './mandate.ts'
export { MigrationError, type MigrationFault, migrate } from './migrate.ts'
export {
  appendOutbox,
  assignPositions,
  countUnrelayed,
  defaultPartitions,
  hasUnrelayed,
  keyHash,
  markRelayed,
  outboxChannel,
  type PositionedEvent,
  partitionOf,
  purgeOutbox,
  readPartition,
  readUnrelayed,
  settlePartitions,
} from './outbox.ts'
export {
  createReceipt,
  createReceipts,
  faultySubject,
  findReceipt,
  type NewReceipt,
  receiptId,
  receiptsOfDocument,
  type StoredReceipt,
  type StoredReceiptWithXml,
} from './receipt.ts'
export { type FeedItem, type FeedPage, type FeedQuery, listReceipts } from './receipt-feed.ts'
export {
  overdueReceipts,
  postponeReceipts,
  type SignedReceipt,
  storeSignedReceipts,
  type UnsignedDelivery,
  type UnsignedDocument,
  type UnsignedReceipt,
  type UnsignedRefusal,
  unsignedReceipts,
} from './receipt-signing.ts'
export { type NewRefusal, type StoredRefusal, storeRefusal } from './refusal.ts'
export { isTransient, toHubError } from './storage-errors.ts'
export { type AcceptedFacts, acceptedEvent, resendUnreleased, resendUnrouted, type SweepOptions } from './sweep.ts'
export {
  type BadReceiverPolicy,
  createSystem,
  disableSystem,
  enableSystem,
  findSystem,
  getSystem,
  listSystems,
  type NewSystem,
  type SignaturePolicy,
  type SystemProfile,
  type SystemRecord,
  type SystemRole,
  type SystemSettings,
  touchSystem,
  updateSystem,
} from './system.ts'
export { agenciesOf, bindSystemAgency, unbindSystemAgency } from './system-agency.ts'
export {
  findSystemByToken,
  type IssuedToken,
  issueToken,
  listTokens,
  revokeToken,
  type SystemIdentity,
  type TokenRecord,
} from './system-token.ts'
export { addDemoAnchor, type DemoAnchor, listDemoAnchors, trustVersion } from './trust-anchor.ts'
export { takeUpkeepTurn } from './upkeep-turn.ts'

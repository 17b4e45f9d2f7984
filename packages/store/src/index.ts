export {
  type AttachmentCheck,
  type AttachmentCheckKind,
  type ClaimOptions,
  checksOfDocument,
  claimChecks,
  countWaitingChecks,
  type DueCheck,
  type NewAttachmentCheck,
  type Postponement,
  postponeCheck,
} from './attachments/attachment-check.ts'
export {
  type AttachmentHold,
  attachmentHoldReason,
  endAttachmentHold,
  type HoldEnd,
  lockAttachmentHold,
  settleHeldDeliveries,
} from './attachments/attachment-hold.ts'
export { type CheckOutcome, settleCheck } from './attachments/settle-check.ts'
export { type BlobEntry, type FileBlobOptions, type FileBlobs, openFileBlobs } from './blobs/blob-files.ts'
export { type BlobFault, collectGarbage, type GarbageOptions, type GarbageReport, scrub } from './blobs/blob-garbage.ts'
export { lockBlob } from './blobs/blob-lock.ts'
export type { BlobStore, Spool } from './blobs/blob-store.ts'
export type { UploadFiles, UploadWriter } from './blobs/upload-files.ts'
export {
  documentsSentTo,
  type HandedDocument,
  handedDocuments,
  type RefusedDocument,
  refusedTo,
  type SentDocument,
  statusDeliveries,
} from './conformance/conformance-facts.ts'
export {
  type ConformanceNote,
  type ConformanceNoteKind,
  deliveriesOfStep,
  listConformanceNotes,
  noteConformance,
} from './conformance/conformance-note.ts'
export {
  type ConformanceRun,
  type ConformanceStep,
  createConformanceRun,
  endConformanceRun,
  findConformanceRun,
  findOpenConformanceRun,
  listConformanceRuns,
  type NewConformanceRun,
  type OpenConformanceRun,
  type StepVerdict,
  saveConformanceStep,
} from './conformance/conformance-run.ts'
export {
  type Database,
  type DatabaseOptions,
  databaseTime,
  openDatabase,
  type Sql,
  statement,
  type Tx,
} from './database.ts'
export {
  putCalendarYear,
  readCalendar,
  type StoredCalendar,
  type StoredYear,
  seedCalendar,
} from './deadlines/calendar-year.ts'
export {
  type DeadlineKey,
  type DeadlineQuery,
  type DeadlineView,
  deadlinesOfDeliveries,
  listDeadlines,
} from './deadlines/deadline-view.ts'
export {
  findOwed,
  type OpenDeadlines,
  type OwedDeadlines,
  openDeadlines,
  openReckoned,
} from './deadlines/open-deadlines.ts'
export {
  claimUnreckoned,
  type ReckonedDeadline,
  type Reckoning,
  storeReckoned,
  type UnreckonedDeadline,
} from './deadlines/reckon-deadlines.ts'
export {
  claimDueDeadlines,
  countMissed,
  type DueDeadline,
  type EndedDeadline,
  type LookedAt,
  type LookOptions,
  settleDeadlines,
  storeLooks,
} from './deadlines/watch-deadlines.ts'
export { type AgencyHours, hoursKeptBy, listWorkingHours, putWorkingHours } from './deadlines/working-hours.ts'
export type { BusinessChange } from './deliveries/business-columns.ts'
export {
  type BusinessReport,
  type NewBusinessReport,
  type RecordedReport,
  type ReportStaff,
  recordBusinessReport,
  reportsOfDeliveries,
} from './deliveries/business-report.ts'
export type { BusinessCode, ChangeKind } from './deliveries/business-states.ts'
export { type Delivery, type DeliveryWithDocument, deliveriesOfDocument, findDelivery } from './deliveries/delivery.ts'
export {
  endLeases,
  type FetchAllRequest,
  type FetchRequest,
  type FetchResult,
  markAllFetched,
  markFetched,
} from './deliveries/delivery-fetch.ts'
export {
  type AcknowledgeRequest,
  acknowledgeDeliveries,
  type FailRequest,
  failDeliveries,
  type HandoverOutcome,
  type HandoverResult,
  type RefuseRequest,
  refuseHeldDeliveries,
} from './deliveries/delivery-handover.ts'
export { type HeldDelivery, type Hold, holdDeliveriesOf, letGo, listHeld } from './deliveries/delivery-hold.ts'
export { cancelDeliveries, offerAgain } from './deliveries/delivery-in-charge.ts'
export { settleJoined } from './deliveries/delivery-joined.ts'
export { type RedirectCounts, redirectDeliveries } from './deliveries/delivery-redirect.ts'
export { type ReleasedDelivery, releaseDeliveries } from './deliveries/delivery-release.ts'
export {
  type AcceptedPacket,
  type FaultyReceiver,
  findPackets,
  insertDeliveries,
  type NewDelivery,
  type ReceiversToRoute,
  type RoutableReceiver,
  type RoutedFacts,
  type RoutingHold,
  receiversToRoute,
  routedEvent,
  takeUnrouted,
} from './deliveries/delivery-routing.ts'
export type { DeliveryState } from './deliveries/delivery-states.ts'
export { countDeadLetters, countFailed, countWaiting, type WaitingCount } from './deliveries/delivery-stock.ts'
export { applyEffects } from './deliveries/effect-apply.ts'
export {
  type DocumentEffect,
  type EffectTarget,
  type KnownEffects,
  lockEffects,
  lockEffectTargets,
} from './deliveries/effect-lock.ts'
export {
  type EffectOutcome,
  type EffectWord,
  type NewEffectOutcome,
  outcomesOfPacket,
  settleOutcomes,
} from './deliveries/effect-outcome.ts'
export type { ActingPacket } from './deliveries/effect-targets.ts'
export { listMailbox, type MailboxItem, type MailboxPage, type MailboxQuery } from './deliveries/mailbox.ts'
export { listOpenChanges, type OpenChange, type OpenChangeQuery } from './deliveries/open-changes.ts'
export {
  type AcceptedFacts,
  acceptedEvent,
  resendUnreleased,
  resendUnrouted,
  type SweepOptions,
} from './deliveries/sweep.ts'
export { listWithdrawn, type WithdrawnItem, type WithdrawnQuery } from './deliveries/withdrawn-mail.ts'
export {
  type AgencyListing,
  findAgencies,
  findAgency,
  getAgency,
} from './directory/agency.ts'
export { type AgencyContact, updateAgencyContact } from './directory/agency-contact.ts'
export { type ImportCounts, type ImportMode, importAgencies, lockDirectory } from './directory/agency-import.ts'
export {
  type AgencyQuery,
  directoryVersion,
  listAgencyChanges,
  listGroup,
  searchAgencies,
  streamAgencies,
} from './directory/agency-list.ts'
export { type AgencyReceiving, updateAgencyReceiving } from './directory/agency-receiving.ts'
export { type Approval, applyDirectoryRequest, planDirectoryRequest } from './directory/apply-directory-request.ts'
export {
  bindCertificate,
  type CertificateBinding,
  type CertificateHolderRecord,
  type CertificateKind,
  type CertificateStanding,
  findBindings,
  findCertificateHolders,
  findStandings,
  type HolderQuestion,
  listCertificates,
  type NewCertificate,
  type Official,
  unbindCertificate,
} from './directory/certificate.ts'
export {
  type CertificateBytes,
  endOtherCertificates,
  type HeldCertificate,
  type HeldSerial,
  heldCertificates,
  heldSerials,
  readHeld,
  resumeCertificate,
  revokeCertificate,
  suspendCertificate,
} from './directory/certificate-life.ts'
export {
  type CrlBytes,
  type CrlHead,
  listCrls,
  markCrlSearched,
  type NewCrl,
  nextUnsearchedCrl,
  putCrl,
  readCrls,
} from './directory/crl.ts'
export { exportDirectory, importDirectory } from './directory/directory-import.ts'
export {
  askDirectory,
  type DirectoryRequest,
  type DirectoryRequestKind,
  type DirectoryRequestState,
  type DirectoryWish,
  decideDirectoryRequest,
  listDirectoryRequests,
  type NewDirectoryRequest,
} from './directory/directory-request.ts'
export type { ImportChange, ImportPreview } from './directory/import-preview.ts'
export { inheritedAgencies } from './directory/inheritance.ts'
export {
  addMandate,
  endMandate,
  findMandate,
  listMandates,
  type MandateKind,
  type MandateRecord,
  type NewMandate,
} from './directory/mandate.ts'
export type { ReformPreview } from './directory/reform/preview-reform.ts'
export { redirectStranded } from './directory/reform/redirect-stranded.ts'
export {
  applyDueReform,
  applyReform,
  cancelReform,
  getReform,
  listReforms,
  previewReform,
} from './directory/reform/reform.ts'
export type { ReformFigures } from './directory/reform/reform-figures.ts'
export type { ReformRecord, ReformState } from './directory/reform/reform-row.ts'
export type { Seen } from './directory/seen.ts'
export {
  type AttachmentPolicy,
  type BadReceiverPolicy,
  createSystem,
  disableSystem,
  enableSystem,
  findSystem,
  getSystem,
  listBoundSystems,
  listSystems,
  type NewSystem,
  type SignaturePolicy,
  type SystemChange,
  type SystemProfile,
  type SystemRecord,
  type SystemRole,
  type SystemSettings,
  touchSystems,
  updateSystem,
} from './directory/system.ts'
export { agenciesOf, bindSystemAgency, unbindSystemAgency } from './directory/system-agency.ts'
export {
  endOtherTokens,
  findSystemByToken,
  type IssuedToken,
  issueToken,
  listTokens,
  revokeToken,
  type SystemIdentity,
  type TokenRecord,
} from './directory/system-token.ts'
export { addDemoAnchor, type DemoAnchor, listDemoAnchors, trustVersion } from './directory/trust-anchor.ts'
export {
  type DocumentKind,
  type EffectAction,
  type EffectRow,
  insertDocument,
  insertDocuments,
  type NewDocument,
  type PacketAction,
  type ReceiverRow,
} from './documents/document.ts'
export {
  appendDocumentEvents,
  type DocumentEvent,
  type DocumentEventWhat,
  listDocumentEvents,
  type NewDocumentEvent,
} from './documents/document-event.ts'
export {
  type ActingLink,
  type DocumentLinks,
  type LinkedDocument,
  linksOfDocument,
  type RepliesTo,
} from './documents/document-links.ts'
export {
  type Acceptance,
  type EarlierPacket,
  findAcceptance,
  findAcceptanceByKey,
  findAcceptancesByBytes,
  findEarlierPackets,
  lockOriginal,
  type SentBytes,
} from './documents/document-repeat.ts'
export {
  type AddressedDocument,
  findAddressedDocument,
  findHolder,
  findKnownDocumentIds,
  findSendersOf,
} from './documents/document-target.ts'
export { type ThreadEntry, threadOfDocument } from './documents/document-thread.ts'
export { type DocumentVerdicts, findVerdicts } from './documents/document-verdicts.ts'
export {
  type DocumentFilter,
  type DocumentHeader,
  findDocument,
  listDocumentReceivers,
  listDocuments,
} from './documents/document-view.ts'
export { newHubId, randomId } from './documents/hub-id.ts'
export { type FirstUse, purgeKeys, useKey } from './documents/idempotency.ts'
export { type NewRefusal, type StoredRefusal, storeRefusal } from './documents/refusal.ts'
export { type ReplyLinkRow, storeReplyLinks } from './documents/reply-link.ts'
export { type AuditEntry, recordAudit } from './evidence/audit.ts'
export {
  type ChainedEntry,
  type ChainHead,
  type ChainVerdict,
  chainAudit,
  listChained,
  verifyAuditChain,
} from './evidence/audit-chain.ts'
export { forwardedAudit, setForwardedAudit } from './evidence/audit-forward.ts'
export {
  type EvidenceKind,
  listEvidence,
  type NewEvidence,
  readEvidence,
  type StoredEvidence,
  storeEvidence,
} from './evidence/evidence.ts'
export {
  type HubCertificateRow,
  listHubCertificates,
  type NewHubCertificate,
  noteFirstSignature,
  registerHubCertificate,
  type SigningTurn,
  signingTurns,
} from './evidence/hub-certificate.ts'
export {
  createReceipt,
  createReceipts,
  deadlineSubject,
  faultySubject,
  findReceipt,
  type NewReceipt,
  receiptId,
  receiptsOfDocument,
  type StoredReceipt,
  type StoredReceiptWithXml,
} from './evidence/receipt.ts'
export { type ReceiptBackground, receiptBackground, receiptByHash } from './evidence/receipt-background.ts'
export { type FeedItem, type FeedPage, type FeedQuery, listReceipts } from './evidence/receipt-feed.ts'
export {
  overdueReceipts,
  postponeReceipts,
  type SignedReceipt,
  type Stamping,
  storeSignedReceipts,
  type UnsignedCheck,
  type UnsignedDelivery,
  type UnsignedDocument,
  type UnsignedReceipt,
  type UnsignedRefusal,
  unsignedReceipts,
} from './evidence/receipt-signing.ts'
export {
  claimStamp,
  createStamp,
  type DueStamp,
  findStamp,
  type GivenStamp,
  type GrantedStamp,
  givenStamp,
  type NewStamp,
  oldestUnstamped,
  postponeStamp,
  type StoredStamp,
  settleStamp,
  type WaitingLeaf,
  waitingLeaves,
} from './evidence/receipt-stamp.ts'
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
} from './log/bus-cursor.ts'
export {
  type DeadLetter,
  insertDeadLetter,
  listDeadLetters,
  type NewDeadLetter,
  replayDeadLetter,
} from './log/dead-letter.ts'
export { closeKafkaClaim, type KafkaClaim, openKafkaClaim } from './log/kafka-claim.ts'
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
  type UnrelayedEvent,
} from './log/outbox.ts'
export { MigrationError, type MigrationFault, migrate } from './migrate.ts'
export {
  mostRegistered,
  putRegisterTotals,
  type RegisterEntry,
  type RegisterOrigin,
  type RegisterSource,
  type RegisterTotal,
  registerHistory,
} from './reports/register-total.ts'
export { retention } from './retention.ts'
export { isTransient, toHubError } from './storage-errors.ts'
export {
  type AnchorPurpose,
  type AnchorRecord,
  anchorPurposes,
  listAnchors,
  type NewAnchor,
  putAnchor,
  retireAnchor,
} from './trust/anchor.ts'
export {
  type AuthorityPolicy,
  type AuthorityRecord,
  claimDueAuthorities,
  listAuthorities,
  type NewAuthority,
  type RevocationPolicy,
  registerAuthority,
  releaseAuthority,
  retireAuthority,
  retireOtherAnchors,
  setAuthorityPolicy,
} from './trust/authority.ts'
export {
  addDocumentWarning,
  type FoundRevocation,
  forgetHolds,
  listHolds,
  lockDocumentsSealedWith,
  nextRevocation,
  recordRevocations,
  type SealedDocument,
  settleRevocation,
} from './trust/certificate-revocation.ts'
export { listEnding, noticedExpiry, noticeExpiry, type WatchedCertificate } from './trust/expiry.ts'
export {
  addOcspSubjects,
  type DueOcsp,
  dropOcspOfUnbound,
  dueOcsp,
  listOcspDigests,
  type OcspAnswer,
  type OcspStatusWord,
  type OcspSubject,
  type OcspTally,
  postponeOcsp,
  readOcspAnswers,
  recordOcspFailure,
  storeOcspAnswer,
  tallyOcsp,
} from './trust/ocsp-answer.ts'
export {
  addSources,
  dueListSources,
  listSources,
  makeDue,
  type NewSource,
  recordSourceAnswer,
  recordSourceFailure,
  removeSource,
  type SourceKind,
  type SourceRecord,
} from './trust/revocation-source.ts'
export {
  askForTrust,
  decideTrustRequest,
  listTrustRequests,
  type NewTrustRequest,
  type TrustAction,
  type TrustRequest,
} from './trust/trust-request.ts'
export { listSealing, type SealingAgency } from './trust/what-if.ts'
export { takeUpkeepTurn } from './upkeep-turn.ts'
export {
  createUpload,
  findUpload,
  knownUploads,
  type NewUpload,
  removeExpiredUploads,
  removeUpload,
  type Upload,
  type UploadProblem,
  type UploadQuota,
  type UploadsUnderWay,
} from './uploads/upload.ts'
export {
  moveUploadOffset,
  noteUploadDigest,
  releaseUploadLease,
  renewUploadLease,
  settleUploadAccepted,
  settleUploadRefused,
  takeUploadLease,
  type UploadLease,
} from './uploads/upload-lease.ts'
export { findKitReceivers } from './vxp/kit-receivers.ts'
export { createSecretBox, newSecretKey, openSecretBox, type SecretBox } from './vxp/secret-box.ts'
export { listVxpCalls, recordVxpCalls, type VxpCall, vxpCallsKept } from './vxp/vxp-call.ts'
export {
  streamVxpDirectory,
  type VxpDirectoryList,
  type VxpDirectoryQuery,
} from './vxp/vxp-directory.ts'
export { findVxpIdentities, type VxpIdentity } from './vxp/vxp-identity.ts'
export {
  countVxpMailbox,
  listVxpMailbox,
  type VxpListQuery,
  type VxpListStatus,
  type VxpRow,
} from './vxp/vxp-mailbox.ts'
export { findVxpPacket, type VxpPacket } from './vxp/vxp-packet.ts'
export {
  endOtherVxpSecrets,
  type IssuedVxpSecret,
  issueVxpSecret,
  listVxpSecrets,
  type NewVxpSecret,
  openSealedSecret,
  revokeVxpSecret,
  type SealedSecret,
  type VxpSecretRecord,
} from './vxp/vxp-secret.ts'
export { listVxpSent, type VxpSentQuery, type VxpSentRow } from './vxp/vxp-sent.ts'
export { findVxpSettings, putVxpSettings, type VxpSettings } from './vxp/vxp-setting.ts'
export { forgetSignatures, rememberSignatures, type SeenSignature } from './vxp/vxp-signature.ts'
export {
  type BreakerState,
  changeWebhook,
  createWebhook,
  findWebhook,
  listWebhooks,
  type NewWebhook,
  removeWebhook,
  type Webhook,
  type WebhookChange,
} from './webhooks/webhook.ts'
export { type Announcement, webhooksFor } from './webhooks/webhook-audience.ts'
export { type ClaimedMessage, type ClaimMessages, claimWebhookMessages } from './webhooks/webhook-claim.ts'
export {
  findWebhookMessage,
  insertWebhookMessages,
  listWebhookMessages,
  type NewWebhookMessage,
  replayWebhookMessages,
  type WebhookAttempt,
  type WebhookMessage,
  type WebhookReplay,
  webhookMessageId,
} from './webhooks/webhook-message.ts'
export { issueWebhookSecret, webhookSecrets } from './webhooks/webhook-secret.ts'
export {
  forgetWebhookMessages,
  giveUpWebhookMessages,
  type SettledAttempt,
  type SettledState,
  settleWebhookMessage,
  type WebhookStock,
  webhookStock,
} from './webhooks/webhook-settle.ts'

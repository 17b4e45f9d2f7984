export { acceptDocument, acceptDocuments, addSystem, type DocumentWish } from './accepted-document.ts'
export { plainRule } from './alert-rule.ts'
export { type ApiOperation, operationsAsked, outsideClients, systemOperations } from './api-operations.ts'
export { daysFromNoon, noon, type TestAuthority, testAuthority } from './authority.ts'
export { type TestBlobs, testBlobs } from './blobs.ts'
export { describeWithKafka, type TestBroker, testBroker } from './broker.ts'
export { eicar, eicarName, type TestClamd, testClamd } from './clamd.ts'
export { type TestDatabase, testDatabase } from './database.ts'
export { emptyTables } from './empty-tables.ts'
export { type FileServer, testFileServer } from './evidence/file-server.ts'
export { type OcspResponder, type OcspTrouble, testOcspResponder } from './evidence/ocsp-responder.ts'
export type { EvidenceServer, HttpTrouble } from './evidence/server.ts'
export { type Tsa, type TsaTrouble, testTsa } from './evidence/tsa.ts'
export { answerTo, hostileQuestions } from './hostile/index.ts'
export type { HostileQuestion } from './hostile/question.ts'
export { type MailServer, type MailServerOptions, type ReceivedMail, testMailServer } from './mail-server.ts'
export { itWithPrograms, itWithShared } from './needs.ts'
export { type NamedParent, namedParents, orphans, orphansLeftIn } from './orphans.ts'
export type { PkitsCase } from './pkits/chain.ts'
export { rebuiltPkits } from './pkits/index.ts'
export { qrCodesOn } from './read-qr.ts'
export { type EnvelopeWish, envelopeXml, sealedEnvelope, signerOf } from './sealed-envelope.ts'
export { type TestServiceDeps, testServiceDeps } from './service-deps.ts'
export { hasShared, sharedPath } from './shared.ts'
export { type PdfWish, testPdf } from './signed-pdf.ts'
export { type SoftToken, softHsmModule, testSoftToken } from './soft-hsm.ts'
export {
  createVxpKit,
  type KitOptions,
  type KitResult,
  type KitVersion,
  type ReceivedRow,
  type VxpKit,
} from './vxp/kit.ts'
export { type Header, kitHash, kitHeaders, kitTimestamp } from './vxp/kit-headers.ts'
export { type KitInbox, repeated, runKitLoop } from './vxp/kit-loop.ts'
export { type KitAnswer, type KitRequest, openKitConnection } from './vxp/kit-request.ts'
export {
  type ReceivedWebhook,
  testWebhookReceiver,
  type WebhookBehaviour,
  type WebhookReceiver,
} from './webhook-receiver.ts'

export { type Composition, composeServices, type SharedDeps } from './compose-services.ts'
export { blobFolder, ConfigError, describeConfig, type HubConfig, readConfig, settingsTable } from './config.ts'
export { hubErrorOf, type Problem, problemContentType, problemOf } from './http/problem.ts'
export { buildServer, type HubServer, type ServerOptions } from './http/server.ts'
export { continueTrace, type Trace } from './http/trace.ts'
export { type KeyConfig, type KeySources, keySourcesOf } from './hub-keys/key-sources.ts'
export { type HubKeys, openHubKeys } from './hub-keys/open-hub-keys.ts'
export { inTime } from './in-time.ts'
export { createLogger, type Logger } from './log/logger.ts'
export { openSyslog, type Syslog, type SyslogEntry } from './log/syslog.ts'
export { createMetrics, renderMetrics } from './metrics.ts'
export { openResources, type ResourceOptions, type Resources } from './open-resources.ts'
export { type Periodic, type PeriodicOptions, periodic } from './periodic.ts'
export { type PrintDeps, printStoredReceipt } from './receipts/print-stored-receipt.ts'
export { type Host, type Running, runProgram, runService, type Start } from './run-service.ts'
export type { Clock, CreateService, HealthCheck, Service, ServiceDeps } from './service.ts'
export { algorithmEndsFile } from './settings.ts'
export { StartRefused } from './start-refused.ts'
export { type AnchorFile, readAnchorFiles } from './trust/anchor-files.ts'
export {
  type AnchorListing,
  type AnchorWish,
  addAnchor,
  confirmRequest,
  dropAnchor,
  listAllAnchors,
} from './trust/anchors.ts'
export { type AuthorityListing, listAuthoritiesWhole } from './trust/authority-listing.ts'
export { demoAuthorityName, isDemoAuthority } from './trust/demo-authority.ts'
export { listExpiring } from './trust/expiring.ts'
export { type Holding, holdCertificate } from './trust/hold-certificate.ts'
export { authoritiesOf, type ImportedCrl, importCrl, storedCrl } from './trust/import-crl.ts'
export { readNameLimit } from './trust/name-limit.ts'
export { listOwnCertificates, type OwnCertificate } from './trust/own-certificates.ts'
export { readCertificate, requireAuthority } from './trust/read-certificate.ts'
export { createTrustSource, type TrustSource } from './trust/trust-source.ts'
export { type WhatIf, whatIfRevoked } from './trust/what-if.ts'

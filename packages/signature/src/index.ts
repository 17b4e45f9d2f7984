export type { CertificateSummary, Check, SealBinding, SealVerdict } from './verdict.ts'

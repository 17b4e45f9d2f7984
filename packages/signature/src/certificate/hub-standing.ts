import { standingFault } from '../identity.ts'
import { failedCheck } from '../refusal.ts'
import type { CertificateStanding } from '../seal-question.ts'
import type { CertificateVerdict } from './judge-certificate.ts'

/**
 * The verdict on a certificate that the hub itself has suspended or revoked (V45, V46). What its authority says against it
 * goes first.
 */
export function withStanding(verdict: CertificateVerdict, standing: CertificateStanding): CertificateVerdict {
  const fault = standingFault(standing, new Date(verdict.judgedAt))
  if (!fault || verdict.verdict === 'INVALID') return verdict
  const { code, rule, message: detail } = fault
  return {
    ...verdict,
    verdict: 'INVALID',
    code,
    codes: [code],
    rule,
    detail,
    checks: [...verdict.checks, failedCheck(fault)],
  }
}

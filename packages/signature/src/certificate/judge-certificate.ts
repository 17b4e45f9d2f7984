import { type PathQuestion, type PathResult, type Purpose, validatePath } from '@docaxis/pki'
import { summaryOf } from '../certificate-summary.ts'
import type { Outcome } from '../signed-xml/verdict.ts'
import type { CertificateSummary } from '../verdict.ts'
import { type CertificateFacts, factsOf } from './certificate-facts.ts'
import { type RevocationEvidence, revocationEvidence } from './revocation-evidence.ts'

/** Version of these rules: a verdict names the one it was made by. */
const ruleSet = 'docaxis-certificate-1'

export interface CertificateVerdict extends Outcome {
  /** RFC 3339; the moment that dates are compared with. */
  readonly judgedAt: string
  readonly purpose: Purpose
  readonly certificate: CertificateFacts
  /** Leaf first, anchor last; as far as a path was found. */
  readonly path: readonly CertificateSummary[]
  /** Other paths that were tried, and why each does not hold. */
  readonly otherPaths: readonly OtherPath[]
  /** What says that nothing on the path is revoked. */
  readonly revocation: readonly RevocationEvidence[]
  readonly ruleSet: string
}

export interface OtherPath {
  readonly path: readonly CertificateSummary[]
  readonly code: string
  readonly rule: string
  readonly detail: string
}

/** Path and revocation of one certificate (V25 to V46), told for people. */
export function judgeCertificate(question: PathQuestion): CertificateVerdict {
  const { certificate, at, purpose } = question
  const result = validatePath(question)
  const { verdict, code, rule, detail, checks, path } = result
  return {
    verdict,
    code,
    codes: [code],
    rule,
    ...(detail !== undefined && { detail }),
    checks,
    judgedAt: at.toISOString(),
    purpose,
    certificate: factsOf(certificate),
    path: path.map(summaryOf),
    otherPaths: result.others.map(otherPath),
    revocation: revocationEvidence(result),
    ruleSet,
  }
}

function otherPath({ path, code, rule, detail }: PathResult['others'][number]): OtherPath {
  return { path: path.map(summaryOf), code, rule, detail }
}

import { type PathQuestion, type PathResult, type Purpose, validatePath } from '@docaxis/pki'
import { summaryOf } from '../certificate-summary.ts'
import { failedCheck, timeRefusal } from '../refusal.ts'
import { refusedBy } from '../signed-xml/outcome.ts'
import type { Outcome } from '../signed-xml/verdict.ts'
import type { CertificateSummary } from '../verdict.ts'
import { type CertificateFacts, factsOf } from './certificate-facts.ts'
import { type RevocationEvidence, revocationEvidence } from './revocation-evidence.ts'

/** Version of these rules: a verdict names the one it was made by. */
const ruleSet = 'docaxis-certificate-2'

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

/**
 * Path and revocation of one certificate (V25 to V46), told for people.
 *
 * @param timeFault why the moment of the question cannot be trusted (V54)
 */
export function judgeCertificate(question: PathQuestion, timeFault?: string): CertificateVerdict {
  const verdict = judge(question)
  return timeFault === undefined ? verdict : withoutTime(verdict, timeFault)
}

/** Only what is wrong with the path whatever the time is stays certain. */
function withoutTime(verdict: CertificateVerdict, timeFault: string): CertificateVerdict {
  if (verdict.code === 'PATH_INVALID') return verdict
  const refusal = timeRefusal(timeFault)
  return { ...verdict, ...refusedBy([refusal], [...verdict.checks, failedCheck(refusal)]) }
}

function judge(question: PathQuestion): CertificateVerdict {
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

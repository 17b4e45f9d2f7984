import type { Certificate, Crl, PathQuestion, Purpose } from '@docaxis/pki'
import { validatePath } from '@docaxis/pki'
import { summaryOf } from '../certificate-summary.ts'
import type { Outcome } from '../signed-xml/verdict.ts'
import type { CertificateSummary } from '../verdict.ts'
import { type CertificateFacts, factsOf } from './certificate-facts.ts'

/** Version of these rules: a verdict names the one it was made by. */
const ruleSet = 'docaxis-certificate-1'

export interface CertificateVerdict extends Outcome {
  /** RFC 3339; the moment that dates are compared with. */
  readonly judgedAt: string
  readonly purpose: Purpose
  readonly certificate: CertificateFacts
  /** Leaf first, anchor last; as far as a path was found. */
  readonly path: readonly CertificateSummary[]
  /** What says that nothing on the path is revoked. */
  readonly revocation: readonly RevocationEvidence[]
  readonly ruleSet: string
}

/** A revocation list that was used. */
export interface RevocationEvidence {
  readonly kind: 'crl'
  /** SHA-256 of its DER, lower-case hex. */
  readonly sha256: string
  readonly issuer: string
  readonly thisUpdate: string
  readonly nextUpdate?: string
}

/** Path and revocation of one certificate (V25 to V46), told for people. Never throws. */
export function judgeCertificate(question: PathQuestion): CertificateVerdict {
  const { certificate, at, purpose } = question
  const { verdict, code, rule, detail, checks, path, crls } = validatePath(question)
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
    path: path.map((one: Certificate) => summaryOf(one)),
    revocation: crls.map(crlEvidence),
    ruleSet,
  }
}

function crlEvidence({ sha256, issuer, thisUpdate, nextUpdate }: Crl): RevocationEvidence {
  return {
    kind: 'crl',
    sha256,
    issuer: issuer.text,
    thisUpdate: thisUpdate.toISOString(),
    ...(nextUpdate && { nextUpdate: nextUpdate.toISOString() }),
  }
}

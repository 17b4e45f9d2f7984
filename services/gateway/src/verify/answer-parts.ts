import type { Bilingual } from '@docaxis/errors'
import { type CertificateVerdict, type Check, ruleNames } from '@docaxis/signature'
import { Type } from 'typebox'
import { nullableText, sha256, time } from '../routes/schemas.ts'

// What the answers on certificates, packets and PDFs have in common.

export const bilingual = Type.Object({ vi: Type.String(), en: Type.String() })

export const verdictWord = Type.Union([Type.Literal('VALID'), Type.Literal('INVALID'), Type.Literal('INDETERMINATE')])

export const outcome = {
  verdict: verdictWord,
  code: Type.String({ description: 'A row of the verification codes of packages/errors; OK when VALID' }),
  rule: nullableText,
  sentences: Type.Array(bilingual, { description: 'The verdict and what to do, for people' }),
  judgedAt: time,
}

/** `-` stands where no rule decided. */
export function ruleBody(rule: string | undefined): string | null {
  return rule === undefined || rule === '-' ? null : rule
}

export const check = Type.Object({
  rule: Type.String({ description: 'Number of the verification rule' }),
  name: bilingual,
  passed: Type.Boolean(),
  detail: Type.String(),
})

export function checkBodies(checks: readonly Check[]) {
  return checks.map(({ rule, passed, detail }) => ({ rule, name: ruleNameOf(rule), passed, detail }))
}

function ruleNameOf(rule: string): Bilingual {
  return ruleNames[rule] ?? { vi: rule, en: rule }
}

export const certificateSummary = Type.Object({
  sha256,
  subject: Type.String(),
  issuer: Type.String(),
  serial: Type.String(),
  notBefore: time,
  notAfter: time,
})

export const evidence = Type.Object({
  kind: Type.String({ description: 'crl or ocsp' }),
  sha256,
  issuer: Type.String(),
  thisUpdate: time,
  nextUpdate: Type.Optional(time),
})

const otherPath = Type.Object({
  path: Type.Array(certificateSummary),
  code: Type.String(),
  rule: Type.String(),
  detail: Type.String(),
})

/** Who vouches for whom, from the certificate up to the anchor. */
export const trustPath = {
  path: Type.Array(certificateSummary, { description: 'The certificate first, the trust anchor last' }),
  otherPaths: Type.Array(otherPath, { description: 'Other paths that were tried, and why each does not hold' }),
  revocation: Type.Array(evidence, { description: 'What says that nothing on the path is revoked' }),
}

export function trustPathBody({ path, otherPaths, revocation }: Pick<CertificateVerdict, keyof typeof trustPath>) {
  return {
    path: [...path],
    otherPaths: otherPaths.map(other => ({ ...other, path: [...other.path] })),
    revocation: [...revocation],
  }
}

import type { Bilingual } from '@docaxis/errors'
import {
  type CertificateVerdict,
  type Check,
  certificateSentences,
  documentSentences,
  type ExplainedDocument,
  ruleNames,
} from '@docaxis/signature'
import { type Static, Type } from 'typebox'
import { finding, nullableText, sha256, time } from '../routes/schemas.ts'
import type { CertificateAnswer } from './verify-certificate.ts'
import type { EnvelopeAnswer } from './verify-envelope.ts'

const bilingual = Type.Object({ vi: Type.String(), en: Type.String() })

const outcome = {
  verdict: Type.Union([Type.Literal('VALID'), Type.Literal('INVALID'), Type.Literal('INDETERMINATE')]),
  code: Type.String({ description: 'A row of the verification codes of packages/errors; OK when VALID' }),
  rule: nullableText,
  sentences: Type.Array(bilingual, { description: 'The verdict and what to do, for people' }),
  judgedAt: time,
}

const check = Type.Object({
  rule: Type.String({ description: 'Number of the verification rule' }),
  name: bilingual,
  passed: Type.Boolean(),
  detail: Type.String(),
})

const certificateSummary = Type.Object({
  sha256,
  subject: Type.String(),
  issuer: Type.String(),
  serial: Type.String(),
  notBefore: time,
  notAfter: time,
})

const certificateFacts = Type.Object({
  ...certificateSummary.properties,
  holder: Type.Object({
    name: Type.String(),
    title: Type.Optional(Type.String()),
    unit: Type.Optional(Type.String()),
    organization: Type.Optional(Type.String()),
    organizationId: Type.Optional(Type.String()),
  }),
  key: Type.String(),
  keyUsage: Type.Array(Type.String()),
  purposes: Type.Array(Type.String()),
  isAuthority: Type.Boolean(),
})

const evidence = Type.Object({
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
const trustPath = {
  path: Type.Array(certificateSummary, { description: 'The certificate first, the trust anchor last' }),
  otherPaths: Type.Array(otherPath, { description: 'Other paths that were tried, and why each does not hold' }),
  revocation: Type.Array(evidence, { description: 'What says that nothing on the path is revoked' }),
}

export const certificateAnswer = Type.Object({
  kind: Type.Literal('certificate'),
  ...outcome,
  purpose: Type.String(),
  certificate: certificateFacts,
  boundTo: Type.Union([Type.Object({ agency: Type.String(), since: time }), Type.Null()], {
    description: 'The agency that may seal with it here',
  }),
  ...trustPath,
  checks: Type.Array(check),
})

export function certificateBody({ verdict, binding }: CertificateAnswer): Static<typeof certificateAnswer> {
  return {
    kind: 'certificate',
    verdict: verdict.verdict,
    code: verdict.code,
    rule: verdict.rule === '-' ? null : verdict.rule,
    sentences: [...certificateSentences(verdict)],
    judgedAt: verdict.judgedAt,
    purpose: verdict.purpose,
    certificate: factsBody(verdict.certificate),
    boundTo: binding ? { agency: binding.agencyCode, since: binding.boundAt.toISOString() } : null,
    ...trustPathBody(verdict),
    checks: namedChecks(verdict.checks),
  }
}

function factsBody({ keyUsage, purposes, ...same }: CertificateVerdict['certificate']) {
  return { ...same, keyUsage: [...keyUsage], purposes: [...purposes] }
}

function trustPathBody({ path, otherPaths, revocation }: Pick<CertificateVerdict, keyof typeof trustPath>) {
  return {
    path: [...path],
    otherPaths: otherPaths.map(other => ({ ...other, path: [...other.path] })),
    revocation: [...revocation],
  }
}

const party = Type.Object({ agency: Type.String(), name: nullableText })

export const envelopeAnswer = Type.Object({
  kind: Type.Literal('envelope'),
  ...outcome,
  sha256,
  sizeBytes: Type.Integer(),
  documentId: nullableText,
  sender: Type.Union([party, Type.Null()]),
  receivers: Type.Array(party),
  signer: Type.Union([certificateFacts, Type.Null()]),
  binding: Type.Union(
    [
      Type.Object({
        holder: Type.String(),
        mandate: Type.Union([Type.Object({ id: Type.String(), kind: Type.String() }), Type.Null()]),
      }),
      Type.Null(),
    ],
    { description: 'Who holds the certificate here, and by which mandate it seals for the sender' },
  ),
  ...trustPath,
  checks: Type.Array(check),
  faults: Type.Array(finding),
})

export function envelopeBody(answer: EnvelopeAnswer): Static<typeof envelopeAnswer> {
  const { envelope, seal, signer, findings, sha256: digest, sizeBytes } = answer
  const explained = explainedOf(answer)
  return {
    kind: 'envelope',
    verdict: explained.verdict,
    code: explained.code,
    rule: seal && seal.rule !== '-' ? seal.rule : null,
    sentences: [...documentSentences(explained)],
    judgedAt: explained.judgedAt,
    sha256: digest,
    sizeBytes,
    documentId: envelope?.documentId ?? null,
    sender: envelope ? partyBody(envelope.sender) : null,
    receivers: envelope?.kind === 'document' ? envelope.receivers.map(partyBody) : [],
    signer: signer ? factsBody(signer.certificate) : null,
    binding: seal?.binding ? { holder: seal.binding.holderCode, mandate: seal.binding.mandate ?? null } : null,
    ...trustPathBody(signer ?? { path: [], otherPaths: [], revocation: [] }),
    checks: namedChecks(seal?.checks ?? []),
    faults: [...findings],
  }
}

/** A packet that is not built as edXML says is refused, whatever its signature says of the bytes. */
function explainedOf({ seal, findings, judgedAt }: EnvelopeAnswer): ExplainedDocument {
  const [fault] = findings
  const decided = seal && (seal.verdict === 'INVALID' || !fault)
  return {
    verdict: decided ? seal.verdict : 'INVALID',
    code: (decided ? seal.code : fault?.code) ?? 'FILE_UNREADABLE',
    scope: 'full',
    ...(seal?.certificate && { covers: 'document' }),
    signatures: seal?.certificate ? [{ certificate: seal.certificate }] : [],
    notChecked: ['signing-time'],
    judgedAt,
    findings,
  }
}

function partyBody({ agencyCode, name }: { readonly agencyCode: string; readonly name?: string }) {
  return { agency: agencyCode, name: name ?? null }
}

function namedChecks(checks: readonly Check[]) {
  return checks.map(({ rule, passed, detail }) => ({ rule, name: nameOf(rule), passed, detail }))
}

function nameOf(rule: string): Bilingual {
  return ruleNames[rule] ?? { vi: rule, en: rule }
}

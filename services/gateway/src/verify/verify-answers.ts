import {
  type CertificateVerdict,
  certificateSentences,
  documentSentences,
  type ExplainedDocument,
} from '@docaxis/signature'
import { type Static, Type } from 'typebox'
import { finding, nullableText, sha256, time } from '../routes/schemas.ts'
import { certificateSummary, check, checkBodies, outcome, ruleBody, trustPath, trustPathBody } from './answer-parts.ts'
import type { CertificateAnswer } from './verify-certificate.ts'
import type { EnvelopeAnswer } from './verify-envelope.ts'

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
    rule: ruleBody(verdict.rule),
    sentences: [...certificateSentences(verdict)],
    judgedAt: verdict.judgedAt,
    purpose: verdict.purpose,
    certificate: factsBody(verdict.certificate),
    boundTo: binding ? { agency: binding.agencyCode, since: binding.boundAt.toISOString() } : null,
    ...trustPathBody(verdict),
    checks: checkBodies(verdict.checks),
  }
}

function factsBody({ keyUsage, purposes, ...same }: CertificateVerdict['certificate']) {
  return { ...same, keyUsage: [...keyUsage], purposes: [...purposes] }
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
    rule: ruleBody(seal?.rule),
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
    checks: checkBodies(seal?.checks ?? []),
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

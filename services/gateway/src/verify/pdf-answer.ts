import { parseCertificate, parseCrl, parseOcspResponse } from '@docaxis/pki'
import {
  changeNames,
  documentRoleNames,
  type PdfSignatureVerdict,
  pdfSentences,
  revocationEvidence,
  signatureRoleNames,
  summaryOf,
} from '@docaxis/signature'
import { type Static, Type } from 'typebox'
import { nullableText, nullableTime, sha256, time } from '../routes/schemas.ts'
import {
  bilingual,
  certificateSummary,
  check,
  checkBodies,
  evidence,
  outcome,
  ruleBody,
  verdictWord,
} from './answer-parts.ts'
import { receiptAnswer } from './receipt-answer.ts'
import type { PdfAnswer } from './verify-pdf.ts'

const role = Type.Object({ code: Type.String(), name: bilingual })

const change = Type.Object({
  kind: Type.String(),
  name: bilingual,
  allowed: Type.Boolean(),
  revision: Type.Integer(),
  detail: Type.String(),
})

const signature = Type.Object({
  kind: Type.String({ description: 'signature, or time-stamp over the document' }),
  role,
  verdict: verdictWord,
  code: Type.String(),
  codes: Type.Array(Type.String()),
  rule: nullableText,
  coversDocument: Type.Boolean(),
  signer: Type.Union([
    Type.Object({
      kind: Type.String(),
      name: nullableText,
      position: nullableText,
      organization: nullableText,
    }),
    Type.Null(),
  ]),
  certificate: Type.Union([certificateSummary, Type.Null()]),
  times: Type.Object({
    claimed: nullableTime,
    proven: nullableTime,
    judged: time,
    source: Type.String({ description: 'Where the judged time comes from' }),
  }),
  place: Type.Union([Type.Object({ page: Type.Integer(), corner: Type.String() }), Type.Null()]),
  reason: nullableText,
  changesAfter: Type.Array(change),
  path: Type.Array(certificateSummary, { description: 'The certificate first, the trust anchor last' }),
  revocation: Type.Array(evidence),
  checks: Type.Array(check),
})

export const pdfAnswer = Type.Object({
  kind: Type.Literal('pdf'),
  ...outcome,
  sha256,
  sizeBytes: Type.Integer(),
  role: Type.Union([role, Type.Null()], { description: 'What the document is as a whole' }),
  signatures: Type.Array(signature, { description: 'In the order of signing, each with a verdict of its own' }),
  activeContent: Type.Array(Type.String()),
  receipt: Type.Union([receiptAnswer, Type.Null()], {
    description: 'A printed receipt: the verdict on the signed receipt that lies inside',
  }),
  checks: Type.Array(check),
})

export function pdfBody(answer: PdfAnswer, receipt: Static<typeof receiptAnswer> | null): Static<typeof pdfAnswer> {
  const { verdict, sha256: digest, sizeBytes } = answer
  return {
    kind: 'pdf',
    verdict: verdict.verdict,
    code: verdict.code,
    rule: ruleBody(verdict.rule),
    sentences: [...pdfSentences(verdict)],
    judgedAt: verdict.judgedAt,
    sha256: digest,
    sizeBytes,
    role: verdict.role ? { code: verdict.role, name: documentRoleNames[verdict.role] } : null,
    signatures: verdict.signatures.map(one => signatureBody(one, answer.evidence)),
    activeContent: [...verdict.activeContent],
    receipt,
    checks: checkBodies(verdict.checks),
  }
}

function signatureBody(one: PdfSignatureVerdict, found: PdfAnswer['evidence']): Static<typeof signature> {
  const { signer, place, changesAfter } = one
  return {
    kind: one.kind,
    role: { code: one.role, name: signatureRoleNames[one.role] },
    verdict: one.verdict,
    code: one.code,
    codes: [...one.codes],
    rule: ruleBody(one.rule),
    coversDocument: one.coversDocument,
    signer: signer
      ? {
          kind: signer.kind,
          name: signer.name ?? null,
          position: signer.position ?? null,
          organization: signer.organization ?? null,
        }
      : null,
    certificate: one.certificate ?? null,
    times: {
      claimed: one.claimedAt ?? null,
      proven: one.provenAt ?? null,
      judged: one.judgedAt,
      source: one.timeSource,
    },
    place: place ?? null,
    reason: one.reason ?? null,
    changesAfter: changesAfter.map(({ kind, allowed, revision, detail }) => ({
      kind,
      name: changeNames[kind],
      allowed,
      revision,
      detail,
    })),
    ...trustBody(one, found),
    checks: checkBodies(one.checks),
  }
}

/** A verdict names its evidence by hash; the evidence itself came with it. */
function trustBody({ path = [], crls = [], ocsp = [] }: PdfSignatureVerdict, found: PdfAnswer['evidence']) {
  const ders = (hashes: readonly string[]) =>
    hashes.flatMap(hash => found.find(one => one.sha256 === hash)?.der ?? []).map(der => Buffer.from(der))
  return {
    path: ders(path).map(der => summaryOf(parseCertificate(der))),
    revocation: [
      ...revocationEvidence({ crls: ders(crls).map(der => parseCrl(der)), ocsp: ders(ocsp).map(parseOcspResponse) }),
    ],
  }
}

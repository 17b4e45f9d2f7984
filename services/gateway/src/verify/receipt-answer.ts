import { statementOf, titles } from '@docaxis/print'
import { type Receipt, reasons } from '@docaxis/signature'
import { type Static, Type } from 'typebox'
import { nullableText, nullableTime, sha256, time } from '../routes/schemas.ts'
import { bilingual, certificateSummary, check, checkBodies, outcome, ruleBody } from './answer-parts.ts'
import type { ReceiptJudgement } from './verify-receipt.ts'

const party = Type.Object({ agency: Type.String(), name: nullableText })

const attested = Type.Object(
  {
    id: Type.String(),
    kind: Type.String(),
    title: bilingual,
    statement: { ...bilingual, description: 'What it proves, in a sentence' },
    environment: Type.String({ description: 'test, production or demo' }),
    hub: Type.String(),
    issuedAt: time,
    documentId: nullableText,
    sha256,
    acceptedAt: nullableTime,
    sender: Type.Union([party, Type.Null()]),
    receivers: Type.Array(party),
    reasons: Type.Array(bilingual, { description: 'Of a refusal or a failed delivery' }),
  },
  { description: 'Read from the signed bytes alone' },
)

export const receiptAnswer = Type.Object({
  kind: Type.Literal('receipt'),
  ...outcome,
  sha256,
  receipt: Type.Union([attested, Type.Null()]),
  signer: Type.Union([certificateSummary, Type.Null()]),
  stamp: Type.Union([Type.Object({ tsa: Type.String(), genTime: time }), Type.Null()], {
    description: 'Its time stamp in the book of this hub',
  }),
  checks: Type.Array(check),
})

export function receiptBody(judgement: ReceiptJudgement): Static<typeof receiptAnswer> {
  const { verdict: found, judgedAt, sha256: digest, background } = judgement
  const { receipt, certificate } = found
  const names = background?.names ?? new Map<string, string>()
  const stamp = background?.stamp?.stamp
  return {
    kind: 'receipt',
    verdict: found.verdict,
    code: found.code,
    rule: ruleBody(found.rule),
    sentences: receipt ? [genuine, statementOf(receipt, names)] : [notGenuine(found.code)],
    judgedAt,
    sha256: digest,
    receipt: receipt ? attestedBody(receipt, names) : null,
    signer: certificate ?? null,
    stamp: stamp ? { tsa: stamp.tsa, genTime: stamp.genTime.toISOString() } : null,
    checks: checkBodies(found.checks),
  }
}

const genuine = {
  vi: 'Biên nhận này do chính trục ký và không bị sửa đổi. Những gì nêu dưới đây đọc từ phần đã ký: nếu chữ trên giấy khác đi, hãy tin phần dưới đây.',
  en: 'This receipt was signed by this hub and is unchanged. What stands below is read from what was signed: where the paper says otherwise, believe this.',
}

function notGenuine(code: ReceiptJudgement['verdict']['code']) {
  const { vi, en } = code === 'OK' ? { vi: '', en: '' } : reasons[code]
  return {
    vi: `KHÔNG nên tin biên nhận này: ${vi} [${code}]. Yêu cầu bên đưa biên nhận gửi lại tệp gốc, hoặc hỏi quản trị viên của trục.`,
    en: `Do NOT rely on this receipt: ${en} [${code}]. Ask whoever gave it for the original file, or the operator of the hub.`,
  }
}

function attestedBody(receipt: Receipt, names: ReadonlyMap<string, string>): Static<typeof attested> {
  const { id, kind, environment, hub, issuedAt, document } = receipt
  const partyOf = (agency: string) => ({ agency, name: names.get(agency) ?? null })
  return {
    id,
    kind,
    title: { ...titles[kind] },
    statement: statementOf(receipt, names),
    environment,
    hub,
    issuedAt,
    documentId: document.documentId ?? null,
    sha256: document.sha256,
    acceptedAt: document.acceptedAt ?? null,
    sender: document.sender === undefined ? null : partyOf(document.sender),
    receivers: receiversOf(receipt).map(({ code, writtenCode }) => partyOf(code ?? writtenCode)),
    reasons: reasonsOf(receipt),
  }
}

function receiversOf(receipt: Receipt) {
  if (receipt.kind === 'refusal') return []
  return receipt.kind === 'acceptance' ? receipt.receivers : [receipt.receiver]
}

function reasonsOf(receipt: Receipt) {
  if (receipt.kind === 'refusal') return receipt.refusal.reasons.map(({ vi, en }) => ({ vi, en }))
  if (receipt.kind !== 'non-delivery') return []
  const { reason } = receipt.receiver
  return [{ vi: reason, en: reason }]
}

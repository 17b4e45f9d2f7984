import type { Bilingual } from '@docaxis/errors'
import type { PdfSignatureVerdict, PdfVerdict } from '../pdf/verdict.ts'
import { adviceOn } from './advice.ts'
import { localTime } from './local-time.ts'
import { changeNames, documentRoleNames } from './pdf-words.ts'
import { reasons } from './reasons.ts'

/** What the sentences need to know of a signed PDF. */
export type ExplainedPdf = Pick<
  PdfVerdict,
  'verdict' | 'code' | 'codes' | 'scope' | 'role' | 'signatures' | 'judgedAt' | 'activeContent'
>

/** What it comes to, in a few sentences that need no other knowledge. */
export function pdfSentences(pdf: ExplainedPdf): readonly Bilingual[] {
  const first = pdf.verdict === 'VALID' ? valid(pdf) : notValid(pdf)
  const advice = pdf.verdict === 'VALID' ? [] : adviceOn(pdf.code)
  return [first, ...roleSentence(pdf), ...advice, ...remarks(pdf)]
}

function valid({ scope, signatures }: ExplainedPdf): Bilingual {
  const names = namesOf(signatures)
  const { vi, en } = isLaterThanSigned(signatures)
    ? { vi: 'Phần được ký không thay đổi', en: 'What was signed is unchanged' }
    : { vi: 'Tệp không thay đổi', en: 'The file is unchanged' }
  if (scope === 'integrity') {
    return {
      vi: `${vi} kể từ khi ký; nhưng CHƯA kiểm tra ai đã ký: tệp tự ghi là ${names.vi}.`,
      en: `${en} since it was signed; but WHO signed was not checked: the file itself says ${names.en}.`,
    }
  }
  return {
    vi: `${vi} kể từ khi ${names.vi} ký; chứng thư số có hiệu lực, không bị thu hồi và do đơn vị tin cậy cấp.`,
    en: `${en} since ${names.en} signed it; the certificates were in force, not revoked, and issued under a trusted authority.`,
  }
}

function notValid({ verdict, code, signatures }: ExplainedPdf): Bilingual {
  const { vi, en } = code === 'OK' ? { vi: '', en: '' } : reasons[code]
  if (verdict === 'INDETERMINATE') {
    return { vi: `Chưa kết luận được: ${vi} [${code}].`, en: `Not decided yet: ${en} [${code}].` }
  }
  const what = code === 'PDF_CHANGED_AFTER_SIGNING' ? changesIn(signatures) : { vi: '', en: '' }
  return {
    vi: `KHÔNG nên tin tệp này: ${vi}${what.vi} [${code}].`,
    en: `Do NOT rely on this file: ${en}${what.en} [${code}].`,
  }
}

/** Names of the changes that are not allowed. */
function changesIn(signatures: readonly PdfSignatureVerdict[]): Bilingual {
  const forbidden = signatures.flatMap(({ changesAfter }) => changesAfter).filter(({ allowed }) => !allowed)
  const names = [...new Set(forbidden.map(({ kind }) => kind))].map(kind => changeNames[kind])
  const list = (language: keyof Bilingual) =>
    names.length === 0 ? '' : `: ${names.map(name => name[language]).join('; ')}`
  return { vi: list('vi'), en: list('en') }
}

function roleSentence({ role, verdict }: ExplainedPdf): readonly Bilingual[] {
  if (!role || verdict === 'INVALID') return []
  const { vi, en } = documentRoleNames[role]
  return [{ vi: `Loại: ${vi}.`, en: `Kind: ${en}.` }]
}

function remarks({ codes, code, activeContent }: ExplainedPdf): readonly Bilingual[] {
  const later = codes.includes('PDF_LATER_REVISION')
    ? [
        {
          vi: 'Sau khi ký, tệp được bổ sung những gì chữ ký cho phép; xem danh sách dưới đây.',
          en: 'After signing, additions were made that the signatures permit; see the list below.',
        },
      ]
    : []
  const words = activeContent.join(', ')
  const active = codes.includes('PDF_ACTIVE_CONTENT')
    ? [
        {
          vi: `Tệp có nội dung thực thi hoặc tệp nhúng: ${words}.`,
          en: `It holds active content or files inside: ${words}.`,
        },
      ]
    : []
  return code === 'PDF_LATER_REVISION' ? active : [...later, ...active]
}

function isLaterThanSigned(signatures: readonly PdfSignatureVerdict[]): boolean {
  return !signatures.some(({ coversDocument, kind }) => coversDocument && kind === 'signature')
}

/** Who signed, with position, and when. */
function namesOf(signatures: readonly PdfSignatureVerdict[]): Bilingual {
  const people = signatures.filter(({ kind }) => kind === 'signature')
  const list = (said: (signature: PdfSignatureVerdict) => string) =>
    [...new Set((people.length > 0 ? people : signatures).map(said))].join('; ')
  return { vi: list(signature => named(signature, 'lúc')), en: list(signature => named(signature, 'at')) }
}

function named({ signer, provenAt, claimedAt }: PdfSignatureVerdict, at: string): string {
  const { name = '?', position, organization } = signer ?? {}
  const office = [position, organization === name ? undefined : organization].filter(part => part !== undefined)
  const who = office.length > 0 ? `${name} (${office.join(', ')})` : name
  const time = provenAt ?? claimedAt
  return time === undefined ? who : `${who} ${at} ${localTime(time)}`
}

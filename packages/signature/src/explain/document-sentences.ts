import type { Bilingual, Finding } from '@docaxis/errors'
import type { DocumentVerdict, SignatureVerdict } from '../signed-xml/verdict.ts'
import { adviceOn } from './advice.ts'
import { localTime } from './local-time.ts'
import { reasons } from './reasons.ts'
import { commonName } from './subject-name.ts'

/** What the sentences need to know of a signed XML document. */
export interface ExplainedDocument
  extends Pick<DocumentVerdict, 'verdict' | 'scope' | 'covers' | 'notChecked' | 'judgedAt'> {
  readonly signatures: readonly Pick<SignatureVerdict, 'certificate'>[]
  readonly code: string
  /** Faults of an edXML packet itself. */
  readonly findings: readonly Finding[]
}

/** What it comes to, in a sentence or two that need no other knowledge. */
export function documentSentences(document: ExplainedDocument): readonly Bilingual[] {
  if (document.verdict !== 'VALID') return [notValid(document), ...adviceOn(document.code)]
  const sentence = document.scope === 'full' ? full(document) : integrity(document)
  return document.covers === 'part' ? [sentence, partOnly] : [sentence]
}

function integrity({ signatures, notChecked }: ExplainedDocument): Bilingual {
  const names = namesIn(signatures)
  if (notChecked.includes('signer')) {
    return {
      vi: `Nội dung được ký không thay đổi kể từ khi ký; nhưng CHƯA kiểm tra ai đã ký: tệp tự ghi là ${names}.`,
      en: `What is signed was not changed since; but WHO signed was not checked: the file itself says ${names}.`,
    }
  }
  return {
    vi: `Nội dung được ký không thay đổi kể từ khi ký bằng khóa của ${names}; CHƯA kiểm tra chứng thư này có đáng tin không.`,
    en: `What is signed was not changed since it was signed with the key of ${names}; whether that certificate can be trusted was NOT checked.`,
  }
}

function full({ signatures, judgedAt }: ExplainedDocument): Bilingual {
  const names = namesIn(signatures)
  const at = localTime(judgedAt)
  return {
    vi: `Nội dung được ký không thay đổi kể từ khi ${names} ký; vào ${at} chứng thư số có hiệu lực, không bị thu hồi và do đơn vị tin cậy cấp.`,
    en: `What is signed was not changed since ${names} signed it; at ${at} the certificate was in force, not revoked, and issued under a trusted authority.`,
  }
}

const partOnly: Bilingual = {
  vi: 'Chỉ MỘT PHẦN của tệp được ký (xem dưới): phần còn lại ai cũng có thể đã sửa.',
  en: 'Only A PART of the file is signed (see below): anybody may have changed the rest.',
}

function notValid({ verdict, code, findings, covers }: ExplainedDocument): Bilingual {
  const { vi, en } = reasonOf(code, findings)
  if (verdict === 'INVALID') {
    return { vi: `KHÔNG nên tin tệp này: ${vi} [${code}].`, en: `Do NOT rely on this file: ${en} [${code}].` }
  }
  const unchanged =
    covers === undefined
      ? { vi: '', en: '' }
      : { vi: ' Nội dung được ký thì không thay đổi.', en: ' What is signed was not changed.' }
  return {
    vi: `Chưa kết luận được: ${vi} [${code}].${unchanged.vi}`,
    en: `Not decided yet: ${en} [${code}].${unchanged.en}`,
  }
}

function reasonOf(code: string, findings: readonly Finding[]): Bilingual {
  if (Object.hasOwn(reasons, code)) return reasons[code as keyof typeof reasons]
  const finding = findings.find(fault => fault.code === code)
  if (!finding) return { vi: code, en: code }
  return { vi: finding.vi.replace(/\.$/, ''), en: finding.en.replace(/\.$/, '') }
}

function namesIn(signatures: ExplainedDocument['signatures']): string {
  const names = signatures.map(({ certificate }) => (certificate ? commonName(certificate.subject) : '?'))
  return [...new Set(names)].join(', ')
}

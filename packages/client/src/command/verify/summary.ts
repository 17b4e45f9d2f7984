import type { Words } from '../words.ts'
import type { FileVerdict } from './file-verdict.ts'
import { reasons } from './reasons.ts'

/** What it comes to, in a sentence or two that need no other knowledge. */
export function summarySentences(outcome: FileVerdict, words: Words): readonly string[] {
  if (outcome.verdict !== 'VALID') return [notValid(outcome, words)]
  const sentence = words.pick(outcome.scope === 'full' ? full(outcome, words) : integrity(outcome))
  return outcome.covers === 'part' ? [sentence, words.pick(partOnly)] : [sentence]
}

/** Who a certificate names, for people: its common name where it has one. */
export function commonName(subject: string): string {
  const [, name] = /(?:^|,)CN=((?:\\.|[^,\\])+)/.exec(subject) ?? []
  return name?.replace(/\\(.)/g, '$1') ?? subject
}

interface Sentence {
  readonly vi: string
  readonly en: string
}

function integrity({ signatures, notChecked }: FileVerdict): Sentence {
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

function full({ signatures, judgedAt }: FileVerdict, words: Words): Sentence {
  const names = namesIn(signatures)
  const at = words.time(judgedAt)
  return {
    vi: `Nội dung được ký không thay đổi kể từ khi ${names} ký; vào ${at} chứng thư số có hiệu lực, không bị thu hồi và do đơn vị tin cậy cấp.`,
    en: `What is signed was not changed since ${names} signed it; at ${at} the certificate was in force, not revoked, and issued under an authority you named.`,
  }
}

const partOnly: Sentence = {
  vi: 'Chỉ MỘT PHẦN của tệp được ký (xem dưới): phần còn lại ai cũng có thể đã sửa.',
  en: 'Only A PART of the file is signed (see below): anybody may have changed the rest.',
}

function notValid({ verdict, code, findings, covers }: FileVerdict, words: Words): string {
  const reason = reasonOf(code, findings, words)
  const known = covers !== undefined
  const sentence =
    verdict === 'INVALID'
      ? { vi: `KHÔNG nên tin tệp này: ${reason} [${code}].`, en: `Do NOT rely on this file: ${reason} [${code}].` }
      : {
          vi: `Chưa kết luận được: ${reason} [${code}].${known ? ' Nội dung được ký thì không thay đổi.' : ''}`,
          en: `Not decided yet: ${reason} [${code}].${known ? ' What is signed was not changed.' : ''}`,
        }
  return words.pick(sentence)
}

function reasonOf(code: string, findings: FileVerdict['findings'], words: Words): string {
  if (Object.hasOwn(reasons, code)) {
    const [vi, en] = reasons[code as keyof typeof reasons]
    return words.pick({ vi, en })
  }
  const finding = findings.find(fault => fault.code === code)
  return finding ? words.pick(finding).replace(/\.$/, '') : code
}

function namesIn(signatures: FileVerdict['signatures']): string {
  const names = signatures.map(({ certificate }) => (certificate ? commonName(certificate.subject) : '?'))
  return [...new Set(names)].join(', ')
}

import type { Bilingual } from '@docaxis/errors'
import { type CertificateSummary, localTime, type Receipt, reasons, type SealOnReceipt } from '@docaxis/signature'
import type { Row } from './draw.ts'
import type { DocumentOnPaper, StampOnPaper } from './print-receipt.ts'
import { agencyText, vietnamTime } from './statement.ts'

type Names = ReadonlyMap<string, string>

/** The document, as its sender named it and as the hub knows it. */
export function documentRows(receipt: Receipt, document: DocumentOnPaper | null, names: Names): readonly Row[] {
  const { documentId, id, sender, sha256 } = receipt.document
  const number = [document?.number, document?.notation].filter(part => part != null && part !== '').join('/')
  return [
    ...row('Số, ký hiệu', 'Number/notation', number),
    ...row('Loại văn bản', 'Document type', document?.typeName),
    ...row('Ngày ban hành', 'Date of issue', document?.issuedOn?.split('-').reverse().join('/')),
    ...row('Trích yếu', 'Subject', document?.subject === 'hidden' ? hiddenSubject : document?.subject),
    ...row('Cơ quan gửi', 'Sender', sender && agencyText(sender, names)),
    ...row('Mã văn bản', 'DocumentId of the sender', documentId),
    ...row('Mã trên trục', 'Id at the hub', id),
    ...row('SHA-256 của gói tin', 'of the packet', sha256, true),
  ]
}

const hiddenSubject = 'Không hiển thị: văn bản lưu hành nội bộ · not shown: internal circulation'

/** What happened, as the receipt of each kind has it. */
export function factRows(receipt: Receipt, names: Names): readonly Row[] {
  return [...kindRows(receipt, names), ...(receipt.seal ? sealRows(receipt.seal, names) : [])]
}

function kindRows(receipt: Receipt, names: Names): readonly Row[] {
  switch (receipt.kind) {
    case 'acceptance':
      return [
        ...timeRow('Trục tiếp nhận lúc', 'Accepted at', receipt.document.acceptedAt),
        rows(
          'Cơ quan nhận',
          'Receivers',
          receipt.receivers.map(receiver => receiverText(receiver, names)),
        ),
      ]
    case 'refusal':
      return [
        ...timeRow('Từ chối lúc', 'Refused at', receipt.refusal.refusedAt),
        rows(
          'Lý do từ chối',
          'Reasons',
          receipt.refusal.reasons.map(({ code, vi, en }) => `${vi} ${en} [${code}]`),
        ),
      ]
    case 'delivery':
      return [
        rows('Cơ quan nhận', 'Receiver', [receiverText(receipt.receiver, names)]),
        ...timeRow('Bên nhận báo đã lưu lúc', 'Stored by the receiver at', receipt.receiver.acknowledgedAt),
      ]
    case 'non-delivery':
      return [
        rows('Cơ quan nhận', 'Receiver', [receiverText(receipt.receiver, names)]),
        ...timeRow('Chấm dứt giao lúc', 'Ended at', receipt.receiver.failedAt),
        ...row('Lý do', 'Reason', receipt.receiver.reason),
      ]
    case 'missed-deadline':
      return [
        rows('Cơ quan nhận', 'Receiver', [receiverText(receipt.receiver, names)]),
        ...timeRow('Đến nơi lúc', 'Arrived at', receipt.receiver.missed.arrivedAt),
        ...timeRow('Hạn', 'Due at', receipt.receiver.missed.dueAt),
        ...timeRow('Xét lúc', 'Judged at', receipt.receiver.missed.judgedAt),
        ...row(
          'Ngày nghỉ chưa được xác nhận',
          'Holidays nobody vouched for',
          receipt.receiver.missed.unconfirmedYears.join(', '),
        ),
      ]
  }
}

interface Receiver {
  readonly code?: string
  readonly writtenCode: string
  readonly fault?: string
}

function receiverText({ code, writtenCode, fault }: Receiver, names: Names): string {
  const agency = agencyText(code ?? writtenCode, names)
  const written = code === undefined || code === writtenCode ? '' : `, ghi trên gói tin · written ${writtenCode}`
  return fault === undefined
    ? `${agency}${written}`
    : `${agency}${written}: không chuyển được · undeliverable [${fault}]`
}

const verdictWords: Readonly<Record<SealOnReceipt['verdict'], string>> = {
  VALID: 'Hợp lệ · valid',
  INVALID: 'Không hợp lệ · not valid',
  INDETERMINATE: 'Chưa kết luận được · not decided',
}

function sealRows({ verdict, code, boundTo }: SealOnReceipt, names: Names): readonly Row[] {
  const why = code !== 'OK' && Object.hasOwn(reasons, code) ? reasons[code] : undefined
  const words = why ? [`${verdictWords[verdict]} [${code}]`, `${why.vi} · ${why.en}`] : [verdictWords[verdict]]
  const holder = boundTo === undefined ? [] : [`Chứng thư của · certificate of ${agencyText(boundTo, names)}`]
  return [rows('Chữ ký số của gói tin', 'Seal of the packet', [...words, ...holder])]
}

/** The receipt itself: who signed it, and when. */
export function receiptRows(
  receipt: Receipt,
  sha256: string,
  signer: CertificateSummary & { readonly name: string },
  stamp: StampOnPaper | undefined,
): readonly Row[] {
  const { notBefore, notAfter, issuer, serial } = signer
  return [
    ...row('Mã biên nhận', 'Id of the receipt', receipt.id),
    ...timeRow('Ký lúc', 'Signed at', receipt.issuedAt),
    rows('Người ký', 'Signed by', [
      signer.name,
      `Chứng thư số · certificate ${serial}, ${localTime(notBefore)} – ${localTime(notAfter)}`,
      `Cấp bởi · issued by ${issuer}`,
    ]),
    rows('Dấu thời gian', 'Time stamp', stampValues(stamp)),
    ...row('SHA-256 của biên nhận', 'of the receipt', sha256, true),
  ]
}

function stampValues(stamp: StampOnPaper | undefined): readonly string[] {
  if (!stamp) return ['Chưa có · none yet']
  const { vi } = vietnamTime(stamp.genTime)
  return [vi, `Cấp bởi · granted by ${stamp.tsa}`]
}

/** How somebody who holds the paper, or the file, finds out whether it is true. */
export function waysToCheck(id: string, publicUrl: string | undefined, stamped: boolean): readonly Bilingual[] {
  const page = publicUrl === undefined ? undefined : new URL('/verify', publicUrl).href
  const paper = page
    ? {
        vi: `Có bản giấy: quét mã QR, hoặc mở ${page}; trang đó cho biết trục có cấp biên nhận này không, và nội dung đã ký để đối chiếu.`,
        en: `With the paper: scan the code, or open ${page}; it says whether the hub issued this receipt, and what was signed, to compare.`,
      }
    : {
        vi: 'Có bản giấy: mã QR chứa mã biên nhận và SHA-256; hỏi quản trị viên của trục để đối chiếu.',
        en: 'With the paper: the code holds the id and the SHA-256 of the receipt; ask the operator of the hub to compare them.',
      }
  return [
    paper,
    {
      vi: 'Có tệp PDF: thả tệp này vào trang Kiểm tra của trục; biên nhận đã ký nằm bên trong.',
      en: 'With the PDF: drop it on the Verify page of the hub; the signed receipt is inside.',
    },
    {
      vi: `Không cần trục: tệp đính kèm ${id}.xml${stamped ? ' (và dấu thời gian .stamp.json)' : ''} là bằng chứng; kiểm tra bằng lệnh docaxis receipt verify hoặc công cụ XML-DSig bất kỳ. Chữ trên giấy chỉ để đọc.`,
      en: `Without the hub: the attached file ${id}.xml${stamped ? ' (and its time stamp, .stamp.json)' : ''} is the evidence; check it by docaxis receipt verify or any XML-DSig tool. The words on paper are for reading.`,
    },
  ]
}

function rows(vi: string, en: string, values: readonly string[]): Row {
  return { label: { vi, en }, values }
}

/** No row for what is not there. */
function row(vi: string, en: string, value: string | null | undefined, small = false): readonly Row[] {
  return value == null || value === '' ? [] : [{ label: { vi, en }, values: [value], small }]
}

function timeRow(vi: string, en: string, at: string | undefined): readonly Row[] {
  return row(vi, en, at && vietnamTime(at).vi)
}

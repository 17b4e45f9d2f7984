import type { Bilingual } from '@docaxis/errors'
import { localTime, type Receipt, type ReceiptEnvironment, type ReceiptKind } from '@docaxis/signature'
import { printable } from '../printable.ts'

export const titles: Readonly<Record<ReceiptKind, Bilingual>> = {
  acceptance: { vi: 'Biên nhận tiếp nhận văn bản', en: 'Receipt of acceptance' },
  refusal: { vi: 'Biên nhận từ chối văn bản', en: 'Receipt of refusal' },
  delivery: { vi: 'Biên nhận đã giao văn bản', en: 'Receipt of delivery' },
  'non-delivery': { vi: 'Biên nhận không giao được văn bản', en: 'Receipt of non-delivery' },
  'missed-deadline': { vi: 'Biên nhận quá hạn xử lý văn bản', en: 'Receipt of a missed deadline' },
}

export const banners: Readonly<Partial<Record<ReceiptEnvironment, Bilingual>>> = {
  test: { vi: 'MÔI TRƯỜNG THỬ NGHIỆM', en: 'TEST ENVIRONMENT' },
  demo: { vi: 'DỮ LIỆU TRÌNH DIỄN, KHÔNG CÓ GIÁ TRỊ', en: 'DEMONSTRATION, OF NO VALUE' },
}

/** An agency as it is written on paper: its name where it is known, always its code. */
export function agencyText(code: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(code)
  return printable(name === undefined ? code : `${name} (${code})`)
}

export const vietnamTime = (at: string): Bilingual => ({
  vi: `${localTime(at)} (giờ Việt Nam)`,
  en: `${localTime(at)} (UTC+7)`,
})

/** What the receipt proves, in a sentence that needs no other knowledge. */
export function statementOf(receipt: Receipt, names: ReadonlyMap<string, string>): Bilingual {
  const { hub } = receipt
  const sender = receipt.document.sender === undefined ? undefined : agencyText(receipt.document.sender, names)
  const from = { vi: sender ? ` do ${sender} gửi` : '', en: sender ? ` sent by ${sender}` : '' }
  switch (receipt.kind) {
    case 'acceptance': {
      const at = vietnamTime(receipt.document.acceptedAt ?? receipt.issuedAt)
      return {
        vi: `${hub} xác nhận đã tiếp nhận gói tin nêu dưới đây${from.vi} lúc ${at.vi}, và chịu trách nhiệm chuyển đến từng cơ quan nhận.`,
        en: `${hub} certifies that it accepted the packet named below${from.en} at ${at.en}, and is responsible for bringing it to each receiver.`,
      }
    }
    case 'refusal': {
      const at = vietnamTime(receipt.refusal.refusedAt)
      return {
        vi: `${hub} xác nhận đã từ chối gói tin nêu dưới đây${from.vi} lúc ${at.vi}, vì những lý do dưới đây. Gói tin không được chuyển đi.`,
        en: `${hub} certifies that it refused the packet named below${from.en} at ${at.en}, for the reasons below. The packet was not passed on.`,
      }
    }
    case 'delivery': {
      const to = agencyText(receipt.receiver.code ?? receipt.receiver.writtenCode, names)
      const at = vietnamTime(receipt.receiver.acknowledgedAt)
      return {
        vi: `${hub} xác nhận: ${to} đã nhận và báo đã lưu gói tin nêu dưới đây${from.vi}, lúc ${at.vi}.`,
        en: `${hub} certifies that ${to} received the packet named below${from.en}, and confirmed that it is stored, at ${at.en}.`,
      }
    }
    case 'non-delivery': {
      const to = agencyText(receipt.receiver.code ?? receipt.receiver.writtenCode, names)
      const at = vietnamTime(receipt.receiver.failedAt)
      return {
        vi: `${hub} xác nhận: gói tin nêu dưới đây${from.vi} không giao được cho ${to}; việc giao chấm dứt lúc ${at.vi}.`,
        en: `${hub} certifies that the packet named below${from.en} could not be delivered to ${to}; delivery ended at ${at.en}.`,
      }
    }
    case 'missed-deadline': {
      const { owed, dueAt, judgedAt } = receipt.receiver.missed
      const to = agencyText(receipt.receiver.code ?? receipt.receiver.writtenCode, names)
      const [due, judged] = [vietnamTime(dueAt), vietnamTime(judgedAt)]
      const what = owedWords[owed]
      return {
        vi: `${hub} xác nhận: lúc ${judged.vi}, ${to} chưa ${what.vi} văn bản nêu dưới đây${from.vi}; hạn là ${due.vi}.`,
        en: `${hub} certifies that at ${judged.en} ${to} had not ${what.en} the document named below${from.en}; it was due at ${due.en}.`,
      }
    }
  }
}

const owedWords = {
  acknowledge: { vi: 'báo đã tiếp nhận', en: 'acknowledged' },
  finish: { vi: 'báo đã xử lý xong', en: 'reported as finished' },
} as const

import type { Bilingual } from '../language.tsx'

export const deadLettersWords = {
  title: { vi: 'Bước xử lý bị bỏ dở', en: 'Steps that were given up' },
  lead: {
    vi: 'Trục đã thử nhiều lần mà không làm được các bước này. Xem lý do, khắc phục, rồi cho chạy lại.',
    en: 'The hub tried these steps many times in vain. See why, mend the cause, and run them again.',
  },
  none: { vi: 'Không có bước nào bị bỏ dở', en: 'No step was given up' },
  noneHint: {
    vi: 'Khi một bước thất bại sau nhiều lần thử, nó nằm lại ở đây cho đến khi được chạy lại.',
    en: 'A step that fails after many tries stays here until it is run again.',
  },
  at: { vi: 'Bỏ lúc', en: 'Given up' },
  step: { vi: 'Bước', en: 'Step' },
  why: { vi: 'Lý do', en: 'Why' },
  tries: { vi: 'Số lần thử', en: 'Tries' },
  about: { vi: 'Văn bản', en: 'Document' },
  toDocument: { vi: 'Xem văn bản', en: 'See the document' },
  noDocument: { vi: 'không thuộc văn bản nào', en: 'of no document' },
  action: { vi: 'Việc làm', en: 'To do' },
  next: { vi: 'Trang sau', en: 'Next page' },
  first: { vi: 'Về trang đầu', en: 'First page' },
} as const satisfies Readonly<Record<string, Bilingual>>

import type { Bilingual } from '../bilingual.ts'

export const newSystemWords = {
  newSystem: { vi: 'Thêm hệ thống', en: 'Add a system' },
  make: { vi: 'Thêm', en: 'Add' },
  effect: {
    vi: 'Hệ thống này sẽ gửi và nhận văn bản thay cho cơ quan, kể từ khi bạn cấp mã truy cập hoặc khóa cho nó.',
    en: 'It will send and fetch for the agency, from when you give it a token or a secret on.',
  },
  effectBesideOthers: {
    vi: 'Hệ thống này sẽ gửi và nhận văn bản thay cho cơ quan cùng với hệ thống đang có, kể từ khi bạn cấp mã truy cập hoặc khóa cho nó. Hai bên dùng chung một hộp nhận.',
    en: 'It will send and fetch for the agency beside what connects now, from when you give it a token or a secret on. They share one mailbox.',
  },
  id: { vi: 'Mã hệ thống', en: 'Id of the system' },
  idHint: {
    vi: 'Chữ không dấu, số, dấu chấm, gạch; không đổi được về sau.',
    en: 'Letters, digits, dots, dashes; it cannot be changed later.',
  },
  taken: {
    vi: 'Mã này đã có hệ thống khác dùng. Chọn mã khác.',
    en: 'Another system has this id. Choose another.',
  },
  name: { vi: 'Tên hệ thống', en: 'Name of the system' },
} as const satisfies Readonly<Record<string, Bilingual>>

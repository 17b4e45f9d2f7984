import type { Bilingual } from '../language.tsx'

export const helpWords = {
  title: { vi: 'Mã lỗi và cách xử lý', en: 'Codes, and what to do' },
  lead: {
    vi: 'Gõ mã hoặc vài chữ trong thông báo lỗi. Mỗi mã có phần cho văn thư và phần cho nhà cung cấp phần mềm.',
    en: 'Type a code or some words of the message. Each code has a part for clerks and one for software vendors.',
  },
  search: { vi: 'Tìm mã hoặc từ', en: 'Find a code or words' },
  none: {
    vi: 'Không có mã nào khớp. Kiểm tra chính tả, hoặc gửi nguyên thông báo và mã tra cứu cho quản trị trục.',
    en: 'No code fits. Check the spelling, or send the whole message and its trace id to the operator of the hub.',
  },
  unknown: {
    vi: 'Trục này không có mã như vậy. Chọn một mã trong danh sách, hoặc hỏi quản trị trục.',
    en: 'This hub has no such code. Choose one of the list, or ask the operator of the hub.',
  },
  loading: { vi: 'Đang tải…', en: 'Loading…' },
  failed: {
    vi: 'Không tải được trang trợ giúp. Kiểm tra mạng rồi tải lại trang.',
    en: 'The help could not be loaded. Check the network and reload the page.',
  },
  all: { vi: 'Tất cả các mã', en: 'All codes' },
  why: { vi: 'Vì sao', en: 'Why' },
  clerk: { vi: 'Văn thư, người dùng: làm gì', en: 'Clerk: what to do' },
  vendor: { vi: 'Nhà cung cấp phần mềm: làm gì', en: 'Vendor: what to do' },
  problem: { vi: 'Lời gọi bị từ chối hoặc chưa làm được', en: 'Calls that were refused, or cannot be done now' },
  verification: { vi: 'Kết quả kiểm tra chữ ký số', en: 'Verdicts on signatures' },
  finding: { vi: 'Lỗi và cảnh báo về gói tin edXML', en: 'Faults and warnings of edXML packets' },
  vxp: { vi: 'ErrorCode của bộ kit VXP', en: 'ErrorCodes of VXP kits' },
} as const satisfies Readonly<Record<string, Bilingual>>

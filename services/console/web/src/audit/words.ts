export const auditWords = {
  title: { vi: 'Nhật ký', en: 'Audit' },
  lead: {
    vi: 'Ai đã xem gì, làm gì, trên trang này và qua giao diện kết nối. Mỗi dòng được nối vào một chuỗi mà không ai sửa được mà không lộ.',
    en: 'Who viewed what and did what, here and through the interface for systems. Every line is linked into a chain that nobody can change unseen.',
  },
  actor: { vi: 'Người, hệ thống', en: 'Person or system' },
  actorHint: { vi: 'Viết như ở cột bên dưới', en: 'As the column below writes it' },
  action: { vi: 'Việc', en: 'Action' },
  anyAction: { vi: 'Tất cả', en: 'Any' },
  object: { vi: 'Đối tượng', en: 'Object' },
  from: { vi: 'Từ ngày', en: 'From' },
  to: { vi: 'Đến ngày', en: 'To' },
  show: { vi: 'Lọc', en: 'Filter' },
  clear: { vi: 'Bỏ lọc', en: 'Clear' },
  at: { vi: 'Thời điểm', en: 'Time' },
  outcome: { vi: 'Kết quả', en: 'Outcome' },
  caption: { vi: 'Nhật ký, mới nhất ở trên', en: 'Audit log, newest first' },
  empty: { vi: 'Không có dòng nào khớp', en: 'Nothing matches' },
  emptyHint: {
    vi: 'Bỏ bớt điều kiện lọc, hoặc chọn khoảng ngày rộng hơn.',
    en: 'Clear a filter, or choose more days.',
  },
  older: { vi: 'Cũ hơn', en: 'Older' },
  newest: { vi: 'Về mới nhất', en: 'To the newest' },
}

export const outcomeWords: Readonly<
  Record<string, { readonly vi: string; readonly en: string; readonly tone: 'good' | 'bad' | 'plain' }>
> = {
  acknowledged: { vi: 'đã xác nhận', en: 'acknowledged', tone: 'good' },
  added: { vi: 'đã thêm', en: 'added', tone: 'good' },
  fetched: { vi: 'đã tải', en: 'fetched', tone: 'good' },
  issued: { vi: 'đã cấp', en: 'issued', tone: 'good' },
  recorded: { vi: 'đã ghi', en: 'recorded', tone: 'plain' },
  routed: { vi: 'đã chuyển', en: 'routed', tone: 'good' },
  allowed: { vi: 'được phép', en: 'allowed', tone: 'plain' },
  accepted: { vi: 'đã nhận', en: 'accepted', tone: 'good' },
  asked: { vi: 'đã yêu cầu', en: 'asked', tone: 'plain' },
  done: { vi: 'xong', en: 'done', tone: 'good' },
  refused: { vi: 'bị từ chối', en: 'refused', tone: 'bad' },
  denied: { vi: 'bị từ chối', en: 'denied', tone: 'bad' },
  failed: { vi: 'không được', en: 'failed', tone: 'bad' },
}

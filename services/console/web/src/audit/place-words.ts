import type { Bilingual } from '../bilingual.ts'

/** What stands after `/console/api/` in a route: which part of the console it serves. */
const places: Readonly<Record<string, Bilingual>> = {
  account: { vi: 'tài khoản của mình', en: 'own account' },
  agencies: { vi: 'cơ quan', en: 'agencies' },
  'agency-branch': { vi: 'danh mục cơ quan', en: 'directory' },
  'agency-export': { vi: 'danh mục cơ quan, tải xuống', en: 'directory, downloaded' },
  'agency-levels': { vi: 'danh mục cơ quan', en: 'directory' },
  'agency-requests': { vi: 'đề nghị của hệ thống', en: 'requests of systems' },
  'agency-templates': { vi: 'tệp mẫu danh mục', en: 'templates of the directory' },
  alerts: { vi: 'cảnh báo', en: 'alerts' },
  audit: { vi: 'nhật ký', en: 'audit log' },
  'break-glass': { vi: 'mở nội dung', en: 'opened content' },
  'document-filters': { vi: 'bộ lọc đã lưu', en: 'saved filters' },
  documents: { vi: 'văn bản', en: 'documents' },
  now: { vi: 'trang Hiện tại', en: 'page Now' },
  people: { vi: 'người dùng', en: 'people' },
  reforms: { vi: 'sắp xếp cơ quan', en: 'reforms' },
  'register-totals': { vi: 'số liệu sổ văn bản', en: 'register totals' },
  'report-export': { vi: 'báo cáo, tải xuống', en: 'reports, downloaded' },
  reports: { vi: 'báo cáo', en: 'reports' },
  trust: { vi: 'tin cậy', en: 'trust' },
}

/** `/console/api/people/:id` as people say it; undefined for a route that has no words yet. */
export function placeText(route: string): Bilingual | undefined {
  const [subject = ''] = route.replace('/console/api/', '').split('/')
  return places[subject]
}

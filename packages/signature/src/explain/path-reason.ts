import type { Bilingual } from '@docaxis/errors'
import { reasons } from './reasons.ts'

/** What the first word of a `PATH_INVALID` detail means. */
const kinds: Readonly<Record<string, Bilingual>> = {
  signature: { vi: 'không phải do đơn vị ghi tên trong đó cấp', en: 'it was not issued by the authority it names' },
  ca: { vi: 'do một chứng thư không có quyền cấp chứng thư cấp', en: 'its issuer may not issue certificates' },
  'path-length': { vi: 'đơn vị cấp vượt số cấp được phép', en: 'it has more issuers above it than allowed' },
  'key-usage': { vi: 'khóa của đơn vị cấp không dùng để cấp chứng thư', en: "its issuer's key is not for issuing" },
  'critical-extension': {
    vi: 'có điều kiện bắt buộc mà hệ thống không hiểu',
    en: 'it carries a binding condition that is not understood',
  },
  'name-constraint': { vi: 'đơn vị cấp không được cấp cho tên này', en: 'its issuer may not issue for this name' },
  policy: {
    vi: 'không theo chính sách chứng thư được yêu cầu',
    en: 'it does not follow the certificate policy required',
  },
  encoding: { vi: 'được mã hóa sai chuẩn', en: 'it is encoded against the standard' },
  usage: { vi: 'không được cấp để ký văn bản', en: 'it was not issued for signing documents' },
}

/** Plain words for the kind of fault that a path has: `usage: key usage is …`. */
export function pathReason(detail = ''): Bilingual {
  return kinds[detail.split(':', 1)[0] ?? ''] ?? reasons.PATH_INVALID
}

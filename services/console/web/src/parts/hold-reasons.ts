import type { Bilingual } from '../language.tsx'

/** Why a delivery is held; a reason that is not here stands as it is. */
export const holdReasons: Readonly<Record<string, Bilingual>> = {
  'attachment-check': { vi: 'chờ kiểm tra tệp đính kèm', en: 'attachments are being checked' },
  'certificate-revoked': { vi: 'chứng thư của bên gửi đã bị thu hồi', en: 'the seal’s certificate was revoked' },
}

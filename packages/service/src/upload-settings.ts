import { setting, wholeNumber } from './settings.ts'

const mebibyte = 1024 * 1024

/** How much may be under way by resumable upload. */
export const uploadSettings = {
  uploadHours: setting(
    'DOCAXIS_UPLOAD_HOURS',
    '24',
    wholeNumber(1, 30 * 24),
    'hours that an upload is kept after its last bytes; then it expires and its file goes',
  ),
  uploadsPerSystem: setting(
    'DOCAXIS_UPLOADS_PER_SYSTEM',
    '32',
    wholeNumber(1, 10_000),
    'uploads that one system may have under way; more are answered 429',
  ),
  uploadBytesPerSystem: setting(
    'DOCAXIS_UPLOAD_BYTES_PER_SYSTEM',
    String(8192 * mebibyte),
    wholeNumber(mebibyte, Number.MAX_SAFE_INTEGER),
    'bytes that the uploads under way of one system may come to; one envelope of the largest size always may',
  ),
} as const

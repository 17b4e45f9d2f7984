import type { Checklist } from '../../refusal.ts'
import type { PdfSignatureKind } from '../verdict.ts'

const allowed: Readonly<Record<string, PdfSignatureKind>> = {
  'ETSI.CAdES.detached': 'signature',
  'adbe.pkcs7.detached': 'signature',
  'ETSI.RFC3161': 'time-stamp',
}
const weak = new Set(['adbe.pkcs7.sha1', 'adbe.x509.rsa_sha1'])

export function kindOf(subFilter: string | undefined): PdfSignatureKind {
  return allowed[subFilter ?? ''] ?? 'signature'
}

/** V55. @throws Refusal */
export function checkSubFilter(subFilter: string | undefined, { hold }: Checklist): void {
  const told = subFilter ?? 'absent'
  hold(!weak.has(told), 'V55', 'SubFilter is not built on SHA-1', 'ALGORITHM_NOT_ALLOWED', `SubFilter ${told}`)
  hold(Object.hasOwn(allowed, told), 'V55', `SubFilter ${told} is allowed`, 'PDF_UNSUPPORTED', `SubFilter ${told}`)
}

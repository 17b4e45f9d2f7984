import type { PdfDocumentRole, PdfSignatureKind, PdfSignatureRole, PdfSigner } from '../verdict.ts'
import type { Appearance } from './place.ts'

/** What a role is told by. */
export interface SignatureTraits {
  readonly kind: PdfSignatureKind
  readonly signer?: PdfSigner
  readonly appearance?: Appearance
  readonly reason?: string
}

const words: readonly (readonly [RegExp, PdfSignatureRole])[] = [
  [/sao\s*y|trích\s*sao|sao\s*lục/iu, 'certified-copy'],
  [/phụ\s*lục|văn bản kèm theo/iu, 'appendix'],
  [/công văn đến|văn bản đến|số đến/iu, 'incoming-mark'],
  [/số\s*hóa|số\s*hoá/iu, 'digitised-copy'],
]

/**
 * Roles by certificate, order and place (Decree 30/2020, annexes I and III). The signer's own words (Reason) go before the
 * place, since they are signed with the rest.
 */
export function rolesOf(signatures: readonly SignatureTraits[]): readonly PdfSignatureRole[] {
  const people = signatures.filter(({ kind }) => kind === 'signature')
  return signatures.map(signature => {
    if (signature.kind === 'time-stamp') return 'time-stamp'
    if (signature.signer?.kind === 'official') return 'official'
    if (signature.signer?.kind !== 'agency') return 'signer'
    return agencyRole(signature, people.slice(0, people.indexOf(signature)))
  })
}

function agencyRole(
  { appearance, reason = '', signer }: SignatureTraits,
  before: readonly SignatureTraits[],
): PdfSignatureRole {
  const told = words.find(([form]) => form.test(reason.normalize('NFC')))?.[1]
  if (told) return told
  const isTopRight = appearance?.page === 1 && appearance.corner === 'top-right'
  const [first] = before
  if (!first) return isTopRight ? (appearance?.hasImage ? 'digitised-copy' : 'appendix') : 'seal'
  const isSealed = before.some(each => each.signer?.kind === 'agency')
  if (!isSealed) return 'seal'
  if (isTopRight) return 'certified-copy'
  const isOfOther = before.every(each => each.signer?.kind !== 'agency' || each.signer.name !== signer?.name)
  return isOfOther ? 'incoming-mark' : 'seal'
}

/** What the document is as a whole: its last role, where that speaks of the document. */
export function documentRoleOf(roles: readonly PdfSignatureRole[]): PdfDocumentRole | undefined {
  const own = roles.filter(role => role !== 'time-stamp')
  const last = own.at(-1)
  if (last === undefined) return undefined
  if (own.includes('incoming-mark')) return 'received'
  if (last === 'seal') return own.includes('official') ? 'issued' : 'sealed'
  if (last === 'official') return 'signed-by-official'
  return last === 'signer' || last === 'incoming-mark' ? 'signed' : last
}

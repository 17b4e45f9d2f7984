/** `full`: 64 hex digits; `shortened`: as the kit prints it; `neither` names another file, or nothing. */
export type HashFileForm = 'full' | 'shortened' | 'neither'

/**
 * In which form `hash-file` names a digest. The kit prints each byte with `Integer.toHexString`, so that bytes under
 * 0x10 lose their leading zero; that text and the right one are taken, and nothing else.
 *
 * @param sha256 of the file received, 64 lower-case hex digits
 */
export function hashFileForm(hashFile: string, sha256: string): HashFileForm {
  if (hashFile === sha256) return 'full'
  return hashFile === shortenedHex(sha256) ? 'shortened' : 'neither'
}

/** Hex text without the leading zero of each byte. */
export function shortenedHex(hex: string): string {
  return hex.replace(/../g, byte => (byte.startsWith('0') ? byte.slice(1) : byte))
}

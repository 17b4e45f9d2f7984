/** Longest agency code in characters (edXML section 12). */
export const maxCodeLength = 35

/** Why a text cannot be an agency code; undefined when it can. Any other shape is allowed (edXML section 12). */
export type CodeFault = 'empty' | 'too-long' | 'forbidden-character'

export function codeFault(code: string): CodeFault | undefined {
  if (code === '') return 'empty'
  if ([...code].length > maxCodeLength) return 'too-long'
  if (/[\s,\p{Cc}]/u.test(code)) return 'forbidden-character'
  return undefined
}

/** Which rule a code looks as if it followed. A hint for people and never a reason to refuse. */
export type CodeForm = 'qcvn-102-2016' | 'qd-20-2020' | 'other'

export function codeForm(code: string): CodeForm {
  if (/^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$/.test(code)) return 'qcvn-102-2016'
  if (/^[A-Z]\d{2}(\.[A-Z0-9-]+)*$/.test(code)) return 'qd-20-2020'
  return 'other'
}

/** The form in which codes are compared: trimmed, composed letters (NFC). */
export function normalizeCode(written: string): string {
  return written.trim().normalize('NFC')
}

/**
 * Text that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it (OWASP, CSV injection).
 * Also after what is invisible or blank, which some programs pass over.
 */
export function inertText(text: string): string {
  return /^[\p{C}\p{Z}]*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]/u.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
}

/**
 * Text that stands on paper as it reads: signs that nobody sees but that turn, hide or join others are left out, and
 * what breaks lines is one space. Outside words (subjects, names, reasons) pass through here before they are printed.
 */
export function printable(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, '')
    .normalize('NFC')
    .trim()
}

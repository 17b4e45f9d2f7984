/**
 * Text as it is searched and compared: without accents and case, white space as one blank.
 * `Ủy ban nhân dân` and `uy ban nhan dan` give the same; `Đ` becomes `d`.
 */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[Đđ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim()
}

/** Whether a name on an envelope is the directory's: composed letters, case and white space apart. Accents count. */
export function sameName(left: string, right: string): boolean {
  return plain(left) === plain(right)
}

function plain(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()
}

/** A text in both languages of the hub. */
export interface Bilingual {
  readonly vi: string
  readonly en: string
}

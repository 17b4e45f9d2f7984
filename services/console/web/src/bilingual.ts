/** A text in both languages of the hub. */
export interface Bilingual {
  readonly vi: string
  readonly en: string
}

/** What is counted; one of it has a word of its own in English, and none in Vietnamese. */
export interface Counted extends Bilingual {
  readonly one: string
}

import type { Bilingual } from '../finding.ts'

/** What a clerk reads about one code: the fact, and what to do about it. */
export interface FindingText extends Bilingual {
  readonly hint: Bilingual
}

export function text(vi: string, en: string, hintVi: string, hintEn: string): FindingText {
  return { vi, en, hint: { vi: hintVi, en: hintEn } }
}

import type { Bilingual } from '../bilingual.ts'

/** The four administrative levels, the highest first. */
export const levelWords = {
  central: { vi: 'Trung ương', en: 'Central' },
  province: { vi: 'Cấp tỉnh', en: 'Province' },
  district: { vi: 'Cấp huyện', en: 'District' },
  commune: { vi: 'Cấp xã', en: 'Commune' },
} as const satisfies Readonly<Record<string, Bilingual>>

export type Level = keyof typeof levelWords

import type { Bilingual } from '../bilingual.ts'

/** The four administrative levels, the highest first. */
export const levelWords = {
  central: { vi: 'Trung ương', en: 'Central' },
  province: { vi: 'Cấp tỉnh', en: 'Province' },
  district: { vi: 'Cấp huyện', en: 'District' },
  commune: { vi: 'Cấp xã', en: 'Commune' },
} as const satisfies Readonly<Record<string, Bilingual>>

export type Level = keyof typeof levelWords

/** Two levels exist below the provinces in the archive, one since July 2025. */
export const levelNotes: Partial<Readonly<Record<Level, Bilingual>>> = {
  district: { vi: 'đến 30/06/2025', en: 'until 30/06/2025' },
  commune: { vi: 'xã, phường, đặc khu', en: 'communes, wards, special zones' },
}

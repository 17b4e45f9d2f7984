import type { Crl } from '@docaxis/pki'

const hourMs = 3_600_000

/** A list that counts no longer than so many hours after it was made (V41: policy per authority may tighten). */
export function tightened(crl: Crl, maxAgeHours: number | null): Crl {
  if (maxAgeHours === null) return crl
  const end = new Date(crl.thisUpdate.getTime() + maxAgeHours * hourMs)
  return crl.nextUpdate !== undefined && crl.nextUpdate <= end ? crl : { ...crl, nextUpdate: end }
}

import { useNumber } from '../parts/number.ts'
import type { Share } from './report.ts'

/** `98,7%`; of nothing there is no share. */
export function useShare(): (share: Share | undefined) => string {
  const number = useNumber()
  return share => (share === undefined || share.of === 0 ? '–' : `${number((100 * share.part) / share.of)}%`)
}

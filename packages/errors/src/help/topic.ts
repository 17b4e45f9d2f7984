import type { Bilingual } from '../finding.ts'

export type HelpKind = 'problem' | 'verification' | 'finding' | 'vxp'

/** What somebody reads who met a code: what happened, why, and what to do, for the clerk and for the vendor. */
export interface HelpTopic {
  /** As it stands in answers; `VXP-18` for an ErrorCode of the VXP protocol. */
  readonly code: string
  readonly kind: HelpKind
  readonly title: Bilingual
  readonly why: Bilingual
  readonly clerk: Bilingual
  readonly vendor: Bilingual
}

type Pair = readonly [vi: string, en: string]

/** The three texts that a code has beside its title. */
export type HelpText = Omit<HelpTopic, 'code' | 'kind' | 'title'>

export function help(why: Pair, clerk: Pair, vendor: Pair): HelpText {
  return { why: both(why), clerk: both(clerk), vendor: both(vendor) }
}

export function both([vi, en]: Pair): Bilingual {
  return { vi, en }
}

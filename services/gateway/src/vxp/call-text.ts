import { type Bilingual, problemCodes } from '@docaxis/errors'
import type { VxpCall } from '@docaxis/store'
import { reasonText } from './refusal.ts'

/** Why a call was refused, as people read it; undefined where nothing was refused. */
export function callText({ reason, details }: VxpCall): Bilingual | undefined {
  if (reason === undefined) return undefined
  const said = reasonText(reason, details as Readonly<Record<string, string | number>>)
  if (said) return said
  const codes = Array.isArray(details.codes) && details.codes.length > 0 ? `: ${details.codes.join(', ')}` : ''
  const title = Object.hasOwn(problemCodes, reason)
    ? problemCodes[reason as keyof typeof problemCodes].title
    : undefined
  return { vi: `${title?.vi ?? reason}${codes}`, en: `${title?.en ?? reason}${codes}` }
}

import { isCalendarDay } from './dates.ts'

const fullForm = /^([^,]+),(\d{4})\/(\d{2})\/(\d{2}),([^/,]+)\/(.+)$/
const shortForm = /^([^,]+),(\d{4}),([^,]+)$/

/** What a DocumentId of a known form repeats; absent values contradict nothing. */
export interface RepeatedValues {
  readonly documentId?: string
  readonly sender?: { readonly agencyCode: string }
  readonly issuedOn?: string
  readonly code?: { readonly number?: string; readonly notation?: string }
}

/**
 * Whether a DocumentId of a known form says otherwise than the header, or names a day that does not exist (edXML 5). It
 * is a warning only: nothing is ever learnt from the parts.
 */
export function contradicts({ documentId = '', sender, issuedOn, code }: RepeatedValues): boolean {
  const full = fullForm.exec(documentId)
  if (full !== null) {
    const [, agency = '', year, month, day, number = '', notation = ''] = full
    const written = `${year}-${month}-${day}`
    return (
      !isCalendarDay(written) ||
      differ(written, issuedOn) ||
      differ(agency, sender?.agencyCode) ||
      differ(number, code?.number) ||
      differ(notation, code?.notation)
    )
  }
  const short = shortForm.exec(documentId)
  if (short === null) return false
  const [, agency = '', year = ''] = short
  return differ(agency, sender?.agencyCode) || differ(year, issuedOn?.slice(0, 4))
}

function differ(written: string, said: string | undefined): boolean {
  return said !== undefined && written !== said
}

import type { Attachment } from '@docaxis/edxml'

/** A PDF by its content, or one that says it is: a file that only calls itself PDF is looked at, too. */
export function isPdf({ sniffedType, name }: Pick<Attachment, 'sniffedType' | 'name'>): boolean {
  return sniffedType === 'application/pdf' || /\.pdf$/i.test(name)
}

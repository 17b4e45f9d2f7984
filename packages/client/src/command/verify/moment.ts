import { InvalidArgumentError } from 'commander'

/** RFC 3339, with a zone; undefined for anything else. */
export function momentOf(text: string): Date | undefined {
  const form = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/
  const at = new Date(text.replace(' ', 'T').toUpperCase())
  return form.test(text) && !Number.isNaN(at.getTime()) ? at : undefined
}

/** For an option. */
export function parseMoment(text: string): Date {
  const at = momentOf(text)
  if (!at) throw new InvalidArgumentError('not a time; write 2030-01-15T12:00:00+07:00')
  return at
}

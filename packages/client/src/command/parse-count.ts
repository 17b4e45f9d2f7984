import { InvalidArgumentError } from 'commander'

/** A whole number on the command line. */
export function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('not a number')
  return Number(text)
}

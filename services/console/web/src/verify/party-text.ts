import type { Party } from './answer.ts'

/** An agency: its name where the hub knows it, always its code. */
export function partyText({ agency, name }: Party): string {
  return name === null ? agency : `${name} (${agency})`
}

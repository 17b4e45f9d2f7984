import { randomBytes } from 'node:crypto'

/** The hub's own id of a document, delivery or refusal: 24 random lower-case hex characters (96 bits). */
export function newHubId(): string {
  return randomBytes(12).toString('hex')
}

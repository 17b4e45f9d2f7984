import { randomUUID } from 'node:crypto'

/** The hub's own id of a document, delivery or refusal, of a request or a file: 24 random lower-case hex characters (96 bits). */
export function newHubId(): string {
  // A random UUID without the groups that hold its version and variant: Node.js draws many of them at once.
  const uuid = randomUUID()
  return `${uuid.slice(0, 8)}${uuid.slice(9, 13)}${uuid.slice(24)}`
}

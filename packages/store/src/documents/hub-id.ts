import { randomUUID } from 'node:crypto'

/** Hex digits of a hub id that tell when it was given: milliseconds since 1970. The other twelve are random. */
export const timeDigits = 12

/**
 * The hub's own id of a document, delivery or refusal, of a request or a file: 24 lower-case hex characters. Ids given one
 * after the other sort almost so: an index takes them at its end, where random ones would each touch another page. An id
 * is no secret: who may see what it names is checked wherever it is used.
 */
export function newHubId(): string {
  return Date.now().toString(16).padStart(timeDigits, '0') + randomUUID().slice(24)
}

/** 24 random lower-case hex characters (96 bits). */
export function randomId(): string {
  // A random UUID without the groups that hold its version and variant: Node.js draws many of them at once.
  const uuid = randomUUID()
  return `${uuid.slice(0, 8)}${uuid.slice(9, 13)}${uuid.slice(24)}`
}

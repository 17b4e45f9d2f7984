import { HubError } from '@docaxis/errors'
import { Type } from 'typebox'

/** Who keeps the directory; how much of it each, their scope says. */
export const managers = ['directory', 'administrator'] as const

export const hubId = Type.String({ pattern: '^[0-9a-f]{24}$' })
export const reason = Type.String({ minLength: 5, maxLength: 500 })

/** What the page had shown when its person decided (`requireSeen` in the store), and why they did. */
export const decided = {
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  version: Type.Integer({ minimum: 0 }),
  reason,
}

/** Bodies of these routes are files: packages/directory reads them and names faults by line, no other parser does. */
export function fileOf(body: unknown): Buffer {
  if (!Buffer.isBuffer(body)) throw new HubError('REQUEST_INVALID', 'the body holds no file')
  return body
}

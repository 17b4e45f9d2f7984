/** A key cannot be used: where, why, and what to do. Never holds a password or a part of the key. */
export class KeyFault extends Error {
  /** File, token or key label. */
  readonly place: string
  readonly reason: string
  readonly fix: string

  constructor(place: string, reason: string, fix: string, cause?: unknown) {
    super(`${place}: ${reason}; ${fix}`, cause === undefined ? undefined : { cause })
    this.name = 'KeyFault'
    this.place = place
    this.reason = reason
    this.fix = fix
  }
}

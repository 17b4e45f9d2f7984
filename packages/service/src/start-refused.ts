/** A program cannot start here, or with these settings; the message says what to do. */
export class StartRefused extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StartRefused'
  }
}

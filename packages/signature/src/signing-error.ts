/** Why a file cannot be sealed; the message is for the person who asked. */
export class SigningError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SigningError'
  }
}

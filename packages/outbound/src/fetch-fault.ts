/** Why nothing was fetched. The message is shown to operators: it names hosts and limits, never content. */
export class FetchFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'FetchFault'
  }
}

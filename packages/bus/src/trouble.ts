import { HubError } from '@docaxis/errors'
import { isTransient, LeaseLostError } from '@docaxis/store'

/**
 * Whether the database, not the event, is at fault: connection lost, server stopping, lock waited for too long. Such a
 * failure is waited out and counts against no event. A statement that ran too long is the handler's own.
 */
export function isDatabaseTrouble(error: unknown): boolean {
  if (error instanceof LeaseLostError) return true
  if (error instanceof HubError) return error.code === 'STORAGE_UNAVAILABLE'
  if (!(error instanceof Error)) return false
  if ('code' in error && error.code === '57014') return false
  const isFileError = 'path' in error && 'syscall' in error && error.syscall !== 'connect'
  return !isFileError && isTransient(error)
}

/** A HubError that will not go away by trying again. */
export function isFinal(error: unknown): boolean {
  return error instanceof HubError && !error.retryable
}

/** Code under which a failure stands in the dead letters. */
export function codeOf(error: unknown): string {
  if (error instanceof ProcessDiedError) return 'PROCESS_DIED'
  return error instanceof HubError ? error.code : 'UNEXPECTED'
}

/** No try of the event ever came back: it ended the process that handled it. */
export class ProcessDiedError extends Error {
  constructor(tries: number) {
    super(`the process ended in each of ${tries} tries of this event`)
    this.name = 'ProcessDiedError'
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

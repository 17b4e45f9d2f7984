import { HubError } from '@docaxis/errors'

/** SQLSTATE classes and codes (PostgreSQL, appendix A) after which the same request may succeed unchanged. */
const transientClasses: ReadonlySet<string> = new Set([
  '08', // connection exception
  '40', // transaction rollback: serialization failure, deadlock
  '53', // insufficient resources: disk full, out of memory, too many connections
  '57', // operator intervention: shutdown, crash of another backend, cancelled by statement_timeout
  '58', // system error: I/O
])
const transientStates: ReadonlySet<string> = new Set([
  '25006', // the primary became a standby: read-only transaction
  '25P03', // idle_in_transaction_session_timeout
  '55P03', // lock_timeout
  'XX001', // data corrupted: never an answer about the document
  'XX002', // index corrupted
])

/** Codes of Node.js for sockets and files. */
const systemCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EMFILE',
  'ENFILE',
  'ESTALE',
])

/** What `pg` throws without a code when the connection breaks or none is free. */
const driverMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end)/

/** Whether storage, not the request, is at fault: connection lost, server stopping, lock waited for too long, disk full. */
export function isTransient(error: unknown): boolean {
  if (error instanceof HubError) return error.retryable
  if (!(error instanceof Error)) return false
  if (driverMessages.test(error.message)) return true
  const code = codeOf(error)
  if (code === undefined) return isConnectFailure(error)
  if (isSqlState(code)) return transientStates.has(code) || transientClasses.has(code.slice(0, 2))
  // ENOENT while connecting: the socket of a server that is not running.
  return systemCodes.has(code) || ('syscall' in error && error.syscall === 'connect')
}

/**
 * Names a failure of storage: `STORAGE_UNAVAILABLE`, also when the outcome of a COMMIT is unknown, since only a repeat
 * settles that. Every other error is given back untouched.
 */
export function toHubError(error: unknown): unknown {
  if (error instanceof HubError || !isTransient(error)) return error
  return storageUnavailable('storage does not answer', error)
}

export function storageUnavailable(message: string, cause: unknown, details: Record<string, unknown> = {}): HubError {
  return new HubError('STORAGE_UNAVAILABLE', message, {
    details: { ...details, reason: codeOf(cause) ?? 'unknown' },
    retryAfterSeconds: 5,
    cause,
  })
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && !systemCodes.has(code)
}

/** Node.js tries every address of a name and reports the failures together. */
function isConnectFailure(error: Error): boolean {
  return error instanceof AggregateError && error.errors.length > 0 && error.errors.every(isTransient)
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

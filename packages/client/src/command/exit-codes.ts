import { DerError } from '@docaxis/pki'
import { CommanderError } from 'commander'
import { ApiProblem, HubUnreachable, TransferDamaged } from '../api-problem.ts'

/** What a script may rely on; documented in packages/client/README.md. */
export const exitCodes = { done: 0, refused: 1, usage: 2, tryLater: 3, unreachable: 4 } as const

/** Wrong usage or configuration, told in one sentence. */
export class UsageError extends Error {
  readonly text: { readonly vi: string; readonly en: string }

  constructor(en: string, vi: string) {
    super(en)
    this.name = 'UsageError'
    this.text = { vi, en }
  }
}

/** System errors of files named by the user. */
const fileErrors = new Set(['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EROFS'])

export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
  if (error instanceof HubUnreachable) return exitCodes.unreachable
  if (error instanceof TransferDamaged) return exitCodes.tryLater
  if (error instanceof ApiProblem) {
    if (error.status === 401) return exitCodes.usage
    return error.retryable ? exitCodes.tryLater : exitCodes.refused
  }
  if (error instanceof UsageError || error instanceof DerError || isFileError(error)) return exitCodes.usage
  return exitCodes.refused
}

export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && fileErrors.has(String(error.code))
}

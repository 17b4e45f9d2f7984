import { DerError } from '@docaxis/pki'
import { CommanderError } from 'commander'
import { ApiProblem, HubUnreachable, TransferDamaged } from '../api-problem.ts'
import { isFileError, UsageError } from './exit-codes.ts'
import { findingLines } from './output.ts'
import type { Words } from './words.ts'

/** What went wrong, for people: what happened, why, what to do. */
export function failureLines(error: unknown, words: Words): readonly string[] {
  // Commander has printed its own already.
  if (error instanceof CommanderError) return []
  if (error instanceof ApiProblem) return problemLines(error, words)
  if (error instanceof HubUnreachable) return [error.message, unreachableHint[words.language]]
  if (isFileError(error)) return [fileSentence(error, words)]
  if (error instanceof UsageError) return [words.pick(error.text)]
  if (error instanceof DerError) return [`${words.say('badCertificateFile')}: ${error.message}`]
  if (error instanceof TransferDamaged) return [error.message]
  return (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n')
}

function fileSentence(error: NodeJS.ErrnoException, words: Words): string {
  const reasons = fileReasons[error.code ?? ''] ?? { vi: error.message, en: error.message }
  return `${error.path ?? ''}: ${reasons[words.language]}`
}

const fileReasons: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  ENOENT: { vi: 'không có tệp này; kiểm tra lại tên và thư mục', en: 'no such file; check its name and folder' },
  EACCES: { vi: 'không được quyền đọc hoặc ghi tệp này', en: 'you may not read or write this file' },
  EISDIR: { vi: 'đây là thư mục, không phải tệp', en: 'this is a folder, not a file' },
  ENOSPC: { vi: 'ổ đĩa đã đầy', en: 'the disk is full' },
}

const unreachableHint = {
  vi: 'Kiểm tra địa chỉ trong DOCAXIS_URL và xem Trục đã khởi động chưa (docaxis doctor).',
  en: 'Check the address in DOCAXIS_URL and whether the hub is running (docaxis doctor).',
}

const authenticationHint = {
  vi: 'Kiểm tra DOCAXIS_TOKEN; mã có thể đã bị thay hoặc thu hồi.',
  en: 'Check DOCAXIS_TOKEN; it may have been replaced or revoked.',
}

function problemLines(problem: ApiProblem, words: Words): string[] {
  const { title, titleVi, detail } = problem.body
  const sentence = (words.language === 'vi' ? titleVi : title) ?? problem.message
  // The hub writes the detail in English; findings say the same in the reader's language.
  const told = words.language === 'vi' && problem.errors.length > 0
  return [
    `${sentence} [${problem.code}]`,
    ...(detail && detail !== sentence && !told ? [detail] : []),
    ...findingLines(problem.errors, words),
    ...(problem.status === 401 ? [authenticationHint[words.language]] : []),
  ]
}

import type { Socket } from 'node:net'
import { HubError } from '@docaxis/errors'
import { problemContentType, problemOf } from './problem.ts'
import { continueTrace } from './trace.ts'

const answers: Readonly<Record<string, readonly [status: number, reason: string, detail: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'the request did not arrive in time'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'the header of the request is too large'],
}
const broken = [400, 'Bad Request', 'this is not a valid HTTP request'] as const

/** Answers bytes that are no HTTP request at all, and closes: nothing after them can be trusted (RFC 9112, 11.2). */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, reason, detail] = answers[error.code ?? ''] ?? broken
  const { traceId } = continueTrace(undefined)
  const problem = problemOf(new HubError('REQUEST_INVALID', detail), status, traceId)
  const body = JSON.stringify(problem)
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: ${problemContentType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

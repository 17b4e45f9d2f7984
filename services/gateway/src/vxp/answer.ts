import type { FastifyReply } from 'fastify'
import type { ErrorAnswer } from './error-answer.ts'
import type { Answer } from './operations/operation.ts'

/** As the axis writes it; kits look at the whole text. */
export const jsonType = 'application/json;charset=UTF-8'

const done = 'Thành công'

export function sendAnswer(reply: FastifyReply, { errorDesc = done, fields = {} }: Answer): FastifyReply {
  return send(reply, { status: 'OK', ErrorCode: '0', ErrorDesc: errorDesc, ...fields })
}

export function sendError(reply: FastifyReply, answer: ErrorAnswer): FastifyReply {
  if (answer.retryAfterSeconds !== undefined) reply.header('retry-after', answer.retryAfterSeconds)
  reply.code(answer.status)
  return send(reply, { status: 'FAIL', ErrorCode: answer.errorCode, ErrorDesc: answer.errorDesc })
}

function send(reply: FastifyReply, body: object): FastifyReply {
  // Fastify would write the charset its own way.
  return reply.header('content-type', jsonType).header('cache-control', 'no-store').send(JSON.stringify(body))
}

import type { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { callerOfSystem } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { createLastCalled } from '../last-called.ts'
import { createUploadLimit } from '../routes/upload-limit.ts'
import { sendAnswer, sendError } from './answer.ts'
import { type AuthenticateDeps, clockOffset, findCallers, proveCaller, signatureOf } from './authenticate-call.ts'
import { type ErrorAnswer, errorAnswerOf } from './error-answer.ts'
import { operations } from './operations/index.ts'
import type { Operation } from './operations/operation.ts'
import { readSignedCall } from './signed-call.ts'
import { provedCall, stateDecorator, stateOf } from './vxp-state.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The VXP operation that a route serves. */
    operation?: Operation
  }
}

/**
 * The VXP protocol under one base path. Every answer is JSON of status 200, also a refusal; only what may be sent again
 * is a 5xx, because kits repeat those and nothing else.
 */
export const vxpRoutes: FastifyPluginAsync<{ readonly gateway: Gateway }> = async (app, { gateway }) => {
  app.removeAllContentTypeParsers()
  await app.register(multipart)
  // Bodies are read by the operation that takes one; others send {}, nothing, or a length of 0.
  app.addContentTypeParser('*', async (_request: FastifyRequest, payload: Readable) => payload)
  app.decorateRequest(stateDecorator, null)

  const noteCall = createLastCalled(gateway.database)
  const uploads = createUploadLimit()
  app.addHook('onRequest', async (request, reply) => {
    const { systemId } = await authenticate(gateway, request)
    await gateway.vxp.pace.admit(systemId)
    uploads.enter(systemId, request, reply)
    await noteCall(systemId)
  })

  app.setErrorHandler(async (thrown, request, reply) => {
    const answer = errorAnswerOf(thrown)
    Object.assign(request.logged, { code: answer.reason, ...(answer.status >= 500 && { err: thrown }) })
    noteOutcome(gateway, request, answer)
    if (answer.errorCode === '15') await gateway.vxp.pace.refused(request.ip)
    return sendError(reply, answer)
  })

  for (const operation of operations) {
    app.route({
      method: operation.method,
      url: `/${operation.name}`,
      // HEAD would mark nothing and tell nothing.
      exposeHeadRoute: false,
      schema: { hide: true },
      config: { operation },
      handler: (request, reply) => serve(gateway, operation, request, reply),
    })
  }
}

async function serve(
  gateway: Gateway,
  operation: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const answer = await operation.run({ gateway, request, reply, proved: provedCall(request) })
  noteOutcome(gateway, request)
  return answer ? sendAnswer(reply, answer) : reply
}

async function authenticate(gateway: Gateway, request: FastifyRequest): Promise<{ readonly systemId: string }> {
  const state = stateOf(request)
  const deps: AuthenticateDeps = {
    database: gateway.database,
    secrets: await gateway.vxp.secretBox(),
    now: gateway.now,
  }
  const call = readSignedCall(request.raw.rawHeaders)
  const candidates = await findCallers(deps, call)
  const [claimed] = candidates
  Object.assign(state, { call, ...(claimed && { systemId: claimed.system.id }) })

  const source = { address: request.ip, secure: request.protocol === 'https' }
  const { operation } = request.routeOptions.config
  const identity = proveCaller(deps, candidates, call, operation?.reads ?? [], source)
  const { system, settings, seenAt } = identity
  Object.assign(state, { systemId: system.id, proved: { caller: callerOfSystem(system), settings, call } })
  request.logged.systemId = system.id
  await gateway.vxp.replays.check({ systemId: system.id, signature: signatureOf(call), address: request.ip, seenAt })
  return { systemId: system.id }
}

/** Counts the call, and notes it among the last ones of its system; after an empty poll nothing is written. */
function noteOutcome(gateway: Gateway, request: FastifyRequest, refusal?: ErrorAnswer): void {
  const { systemId, call, proved, hashFile, quiet } = stateOf(request)
  const operation = request.routeOptions.config.operation?.name ?? 'unknown'
  const code = refusal?.errorCode ?? '0'
  gateway.vxp.metrics.calls.inc({ operation, code })
  const address = request.ip
  const isEmptyPoll = quiet && !refusal
  if (call && proved) gateway.vxp.calls.remember({ sha256: signatureOf(call), address }, !isEmptyPoll)
  if (isEmptyPoll || systemId === undefined) return
  const offsetSeconds = call && clockOffset(call, gateway.now())
  gateway.vxp.calls.note({
    systemId,
    at: gateway.now(),
    operation,
    address,
    code,
    ...(refusal && { reason: refusal.reason }),
    details: {
      ...(offsetSeconds !== undefined && { offsetSeconds }),
      ...(hashFile && { hashFile }),
      ...refusal?.details,
      // What the HMAC was taken over, exactly; whoever signed it wrongly can compare.
      ...(refusal?.errorCode === '15' && call && { signHeader: call.signHeader.slice(0, mostShownText) }),
    },
  })
}

const mostShownText = 4_096

import { HubError } from '@docaxis/errors'
import { newHubId } from '@docaxis/store'
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import { Histogram, type Registry } from 'prom-client'
import type { HubConfig } from '../config.ts'
import { refuseCodedBodies } from './body-rules.ts'
import { answerBrokenRequest } from './broken-request.ts'
import { hubErrorOf, problemContentType, problemOf } from './problem.ts'
import { type RequestsInHand, trackRequests } from './requests-in-hand.ts'
import { collectRoutes } from './route-table.ts'
import { type BodyPace, cutSlowBodies } from './slow-bodies.ts'
import { refuseNulCharacters } from './text-rules.ts'
import { continueTrace, type Trace } from './trace.ts'

export interface ServerOptions {
  readonly config: Pick<HubConfig, 'trustedProxies'>
  readonly logger: Logger
  readonly metrics: Registry
  /** How fast bodies must arrive; the usual pace unless told. */
  readonly bodyPace?: BodyPace
}

export interface HubServer {
  readonly app: FastifyInstance
  readonly requests: RequestsInHand
}

declare module 'fastify' {
  interface FastifyRequest {
    trace: Trace
    /** Added to this request's one log line: ids and codes, never content. */
    logged: Record<string, unknown>
  }
}

/** A first start on a clone builds the pages of the console; on a machine that many programs share it takes its time. */
const readyMs = 120_000

/** Against clients that are slow on purpose; a large envelope over a slow line still has its ten minutes. */
const limits = {
  headersMs: 10_000,
  requestMs: 600_000,
  /** No byte in either direction. */
  silenceMs: 120_000,
  keepAliveMs: 65_000,
  /** The VXP protocol sends its parameters as headers, twice: a list of receivers may be long. */
  headerBytes: 64 * 1024,
}

/**
 * An HTTP server as all services have it: problem answers, one log line and one measurement per request, traces,
 * limits. It has no routes yet and does not listen.
 */
export function buildServer({ config, logger, metrics, bodyPace }: ServerOptions): HubServer {
  const app: FastifyInstance = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    // Our own line per outcome says more, and nothing that must not be logged.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    requestIdHeader: false,
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.silenceMs,
    keepAliveTimeout: limits.keepAliveMs,
    http: {
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: limits.headerBytes,
    },
    // While stopping, requests on open connections get our own 503.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    pluginTimeout: readyMs,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) => sendProblem(error, request as FastifyRequest, reply as FastifyReply),
  })
  const routes = collectRoutes(app)
  traceRequests(app)
  logOutcomes(app)
  measure(app, metrics)
  const requests = trackRequests(app)
  cutSlowBodies(app, metrics, bodyPace)
  refuseCodedBodies(app)
  refuseNulCharacters(app)
  app.setErrorHandler(sendProblem)
  app.setNotFoundHandler((request, reply) => {
    const methods = routes.methodsOf(pathOf(request))
    if (methods.length === 0) throw new HubError('NOT_FOUND', `there is no ${pathOf(request)}`)
    reply.header('allow', methods.join(', '))
    throw new HubError('METHOD_NOT_ALLOWED', `${request.method} is not one of ${methods.join(', ')}`)
  })
  return { app, requests }
}

/** Taken from the caller only where it is harmless in a log. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : newHubId()
}

function traceRequests(app: FastifyInstance): void {
  app.decorateRequest('trace', null as unknown as Trace)
  app.decorateRequest('logged', null as unknown as Record<string, unknown>)
  app.addHook('onRequest', async (request, reply) => {
    request.trace = continueTrace(request.headers.traceparent as string | undefined)
    request.logged = {}
    reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' })
  })
}

/** One line per outcome: the route's pattern, not the address, whose query may hold names. */
function logOutcomes(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const level = reply.statusCode >= 500 ? 'error' : request.routeOptions.config.duringShutdown ? 'debug' : 'info'
    request.log[level](
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        traceId: request.trace.traceId,
        ...request.logged,
      },
      'answered',
    )
  })
}

function measure(app: FastifyInstance, metrics: Registry): void {
  const seconds = new Histogram({
    name: 'docaxis_http_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [metrics],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
}

function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { error, status } = hubErrorOf(thrown)
  // A malformed address is refused before any hook has run.
  const { traceId } = request.trace ?? continueTrace(undefined)
  Object.assign(request.logged ?? {}, { code: error.code }, status >= 500 ? { err: thrown } : {})
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds)
  return reply
    .code(status)
    .header('content-type', problemContentType)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemOf(error, status, traceId)))
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? ''
}

import { HubError } from '@docaxis/errors'
import { listConformanceRuns } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { callerOf } from '../caller.ts'
import type { Gateway } from '../gateway.ts'
import { agencyCode, idParams, problems } from '../routes/schemas.ts'
import { advanceRun, finishRun } from './advance.ts'
import { getRun } from './find-run.ts'
import { scorecard, scorecardAnswer } from './scorecard.ts'
import { startRun } from './start-run.ts'

const whose = Type.Object({
  system: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      description: 'For operators: whose runs; the caller’s own unless told',
    }),
  ),
})
const tags = ['conformance']
const runsShown = 20

/** A script of messages played with an e-office system, and its scorecard; never on a production hub. */
export const conformanceRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.addHook('onRequest', async () => {
    if (gateway.settings.environment !== 'production') return
    throw new HubError('CONFORMANCE_IN_PRODUCTION', 'this hub carries real documents: play the script on a test hub')
  })

  app.post(
    '/conformance',
    {
      schema: {
        operationId: 'startConformance',
        summary: 'Begin the script: the hub sends its first messages to the system’s mailbox',
        description: 'A run that is still open ends as it stands. Then call `advance` until nothing waits.',
        tags,
        querystring: whose,
        body: Type.Object(
          {
            agency: Type.Optional(agencyCode),
            largeBytes: Type.Optional(
              Type.Integer({ minimum: 1, description: 'Size of the large file; 16 MiB unless told' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 201: scorecardAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const run = await startRun(gateway, {
        ...request.body,
        systemId: systemOf(request, request.query.system),
        startedBy: `system:${callerOf(request).systemId}`,
        traceparent: request.trace.traceparent,
      })
      return reply.code(201).header('location', `/api/v1/conformance/${run.id}`).send(scorecard(run))
    },
  )

  app.get(
    '/conformance',
    {
      schema: {
        operationId: 'listConformance',
        summary: 'Scorecards of a system, newest first',
        tags,
        querystring: whose,
        response: { 200: Type.Object({ items: Type.Array(scorecardAnswer) }), ...problems },
      },
    },
    async request => {
      const runs = await listConformanceRuns(gateway.database, systemOf(request, request.query.system), runsShown)
      return { items: runs.map(scorecard) }
    },
  )

  app.get(
    '/conformance/:id',
    {
      schema: {
        operationId: 'getConformance',
        summary: 'One scorecard as it was left',
        tags,
        params: idParams,
        querystring: whose,
        response: { 200: scorecardAnswer, ...problems },
      },
    },
    async request => scorecard(await getRun(gateway, request.params.id, systemOf(request, request.query.system))),
  )

  for (const [name, step, summary] of [
    ['advance', advanceRun, 'Look at what came, play the hub’s next part, give verdicts; safe to repeat'],
    ['finish', finishRun, 'End the run: what had its turn and did not come has failed'],
  ] as const) {
    app.post(
      `/conformance/:id/${name}`,
      {
        schema: {
          operationId: `${name}Conformance`,
          summary,
          tags,
          params: idParams,
          querystring: whose,
          response: { 200: scorecardAnswer, ...problems },
        },
      },
      async request => {
        const run = await getRun(gateway, request.params.id, systemOf(request, request.query.system))
        return scorecard(await step(gateway, run, request.trace.traceparent))
      },
    )
  }
}

/** @throws HubError `FORBIDDEN`: another system than the caller's own, and no operator asks */
function systemOf(request: FastifyRequest, asked: string | undefined): string {
  const { systemId, operator } = callerOf(request)
  if (asked === undefined || asked === systemId || operator) return asked ?? systemId
  throw new HubError('FORBIDDEN', 'only operators play the script with another system')
}

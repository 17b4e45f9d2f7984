import type { FastifyPluginAsync } from 'fastify'
import type { Console } from '../console.ts'
import { alertDestinationRoutes } from './destination-routes.ts'
import { alertMessageRoutes } from './message-routes.ts'
import { alertRuleRoutes } from './rule-routes.ts'

/** What people are told of outside of the console. The service `push` judges rules and sends. */
export const alertRoutes: FastifyPluginAsync<{ console: Console }> = async (app, options) => {
  await app.register(alertRuleRoutes, options)
  await app.register(alertDestinationRoutes, options)
  await app.register(alertMessageRoutes, options)
}

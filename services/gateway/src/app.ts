import { HubError } from '@docaxis/errors'
import helmet from '@fastify/helmet'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import underPressure from '@fastify/under-pressure'
import type { FastifyPluginAsync } from 'fastify'
import { adminAccountRoutes } from './admin/account-routes.ts'
import { adminCalendarRoutes } from './admin/calendar-routes.ts'
import { adminDeadLetterRoutes } from './admin/dead-letter-routes.ts'
import { adminDeadlineRoutes } from './admin/deadline-routes.ts'
import { adminDirectoryRequestRoutes } from './admin/directory-request-routes.ts'
import { adminHeldRoutes } from './admin/held-routes.ts'
import { adminDirectoryRoutes } from './admin/import-routes.ts'
import { adminReformRoutes } from './admin/reform-routes.ts'
import { adminRegisterTotalRoutes } from './admin/register-total-routes.ts'
import { adminSystemRoutes } from './admin/system-routes.ts'
import { adminTrustRoutes } from './admin/trust/trust-routes.ts'
import { adminVxpRoutes } from './admin/vxp-routes.ts'
import { requireOperator } from './caller.ts'
import { conformanceRoutes } from './conformance/conformance-routes.ts'
import type { Gateway } from './gateway.ts'
import { deadlineRoutes } from './routes/deadline-routes.ts'
import { deliveryRoutes } from './routes/delivery-routes.ts'
import { deniedAccess } from './routes/denied-access.ts'
import { directoryRoutes } from './routes/directory-routes.ts'
import { documentRoutes } from './routes/document-routes.ts'
import { documentViewRoutes } from './routes/document-view-routes.ts'
import { evidenceRoutes } from './routes/evidence-routes.ts'
import { hubCertificateRoutes } from './routes/hub-certificate-routes.ts'
import { inboxRoutes } from './routes/inbox-routes.ts'
import { apiDescription } from './routes/openapi.ts'
import { callers } from './routes/rate-limits.ts'
import { receiptRoutes } from './routes/receipt-routes.ts'
import { sharedSchemas } from './routes/schemas.ts'
import { statusRoutes } from './routes/status-routes.ts'
import { uploadRoutes } from './uploads/upload-routes.ts'
import { verifyRoutes } from './verify/verify-routes.ts'
import { vxpRoutes } from './vxp/vxp-routes.ts'
import { webhookMessageRoutes } from './webhooks/message-routes.ts'
import { webhookRelayRoutes } from './webhooks/relay-routes.ts'
import { webhookRoutes } from './webhooks/webhook-routes.ts'
import { ownWebhooks, webhooksOfSystem } from './webhooks/webhook-scope.ts'

/** Beyond this the process is no longer answering in time and says so. */
const maxEventLoopDelayMs = 5_000
const retryAfterSeconds = 5

/** TLS is the business of what stands in front: a browser told to upgrade finds nothing on a hub that speaks plain HTTP. */
const contentSecurity = { defaultSrc: ["'none'"], upgradeInsecureRequests: null }

/** The HTTP interface for e-office systems and operators: under `/api`, and VXP under its bases. */
export function gatewayRoutes(gateway: Gateway): FastifyPluginAsync {
  return async app => {
    await app.register(helmet, { contentSecurityPolicy: { directives: contentSecurity } })
    await app.register(underPressure, {
      maxEventLoopDelay: maxEventLoopDelayMs,
      pressureHandler: () => {
        throw new HubError('STORAGE_UNAVAILABLE', 'the hub is overloaded', { retryAfterSeconds })
      },
    })
    for (const schema of sharedSchemas) app.addSchema(schema)
    await app.register(apiDescription)
    await app.register(apiRoutes, { prefix: '/api/v1', gateway })
    for (const prefix of gateway.settings.vxpBases) await app.register(vxpRoutes, { prefix, gateway })
  }
}

const apiRoutes: FastifyPluginAsync<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  await app.register(callers, { gateway })
  await app.register(deniedAccess, { sql: gateway.database })
  await app.register(documentRoutes, { gateway })
  await app.register(documentViewRoutes, { gateway })
  await app.register(uploadRoutes, { gateway })
  await app.register(evidenceRoutes, { gateway })
  await app.register(inboxRoutes, { gateway })
  await app.register(deliveryRoutes, { gateway })
  await app.register(statusRoutes, { gateway })
  await app.register(receiptRoutes, { gateway })
  await app.register(deadlineRoutes, { gateway })
  await app.register(hubCertificateRoutes, { gateway })
  await app.register(directoryRoutes, { gateway })
  await app.register(verifyRoutes, { gateway })
  await app.register(webhookRoutes, { gateway, scope: ownWebhooks })
  await app.register(webhookMessageRoutes, { gateway, scope: ownWebhooks })
  await app.register(webhookRelayRoutes, { gateway })
  await app.register(conformanceRoutes, { gateway })
  await app.register(adminRoutes, { gateway })
}

const adminRoutes: FastifyPluginAsync<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.addHook('onRequest', requireOperator)
  await app.register(adminDirectoryRoutes, { gateway })
  await app.register(adminReformRoutes, { gateway })
  await app.register(adminSystemRoutes, { gateway })
  await app.register(adminAccountRoutes, { gateway })
  await app.register(adminTrustRoutes, { gateway })
  await app.register(adminHeldRoutes, { gateway })
  await app.register(adminDeadLetterRoutes, { gateway })
  await app.register(adminDeadlineRoutes, { gateway })
  await app.register(adminCalendarRoutes, { gateway })
  await app.register(adminRegisterTotalRoutes, { gateway })
  await app.register(adminVxpRoutes, { gateway })
  await app.register(adminDirectoryRequestRoutes, { gateway })
  await app.register(webhookRoutes, { gateway, scope: webhooksOfSystem })
  await app.register(webhookMessageRoutes, { gateway, scope: webhooksOfSystem })
}

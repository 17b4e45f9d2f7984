import cookie from '@fastify/cookie'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifyPluginAsync } from 'fastify'
import { guard } from './access/guard.ts'
import { accountRoutes } from './account/account-routes.ts'
import { agencyRoutes } from './agencies/agency-routes.ts'
import { agencyCertificateRoutes } from './agencies/certificate-routes.ts'
import { directoryRoutes } from './agencies/directory-routes.ts'
import { mandateRoutes } from './agencies/mandate-routes.ts'
import { agencySystemRoutes } from './agencies/system-routes.ts'
import { alertRoutes } from './alerts/alert-routes.ts'
import { auditRoutes } from './audit/audit-routes.ts'
import { breakGlassRoutes } from './break-glass/break-glass-routes.ts'
import type { Console } from './console.ts'
import { importRoutes } from './directory-changes/import-routes.ts'
import { reformRoutes } from './directory-changes/reform-routes.ts'
import { requestRoutes } from './directory-changes/request-routes.ts'
import { documentActionRoutes } from './documents/action-routes.ts'
import { documentContentRoutes } from './documents/content-routes.ts'
import { deadLetterRoutes } from './documents/dead-letter-routes.ts'
import { documentViewRoutes } from './documents/document-routes.ts'
import { documentExportRoutes } from './documents/export-routes.ts'
import { documentListRoutes } from './documents/list-routes.ts'
import { helpRoutes } from './help/help-routes.ts'
import type { Live } from './now/live.ts'
import { nowRoutes } from './now/now-routes.ts'
import { peopleRoutes } from './people/people-routes.ts'
import { registerRoutes } from './reports/register-routes.ts'
import { reportRoutes } from './reports/report-routes.ts'
import { settingsRoutes } from './settings/settings-routes.ts'
import { oidcRoutes } from './sign-in/oidc-routes.ts'
import { sessionRoutes } from './sign-in/session-routes.ts'
import { trustRoutes } from './trust/trust-routes.ts'

/** The console's own interface, for people who are signed in. Never under `/api`, which a proxy leads to the gateway. */
export const apiRoutes: FastifyPluginAsync<{ console: Console; live: Live }> = async (app, { console, live }) => {
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  // A form of another site can send this kind without asking us first.
  app.removeContentTypeParser('text/plain')
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  await app.register(cookie)
  await app.register(guard, { sql: console.database })
  await app.register(sessionRoutes, { console })
  await app.register(nowRoutes, { console, live })
  await app.register(requestRoutes, { console })
  await app.register(importRoutes, { console })
  await app.register(reformRoutes, { console })
  await app.register(trustRoutes, { console })
  await app.register(directoryRoutes, { console })
  await app.register(agencyRoutes, { console })
  await app.register(agencySystemRoutes, { console })
  await app.register(agencyCertificateRoutes, { console })
  await app.register(mandateRoutes, { console })
  await app.register(documentListRoutes, { console })
  await app.register(documentViewRoutes, { console })
  await app.register(documentContentRoutes, { console })
  await app.register(documentExportRoutes, { console })
  await app.register(documentActionRoutes, { console })
  await app.register(deadLetterRoutes, { console })
  await app.register(reportRoutes, { console })
  await app.register(registerRoutes, { console })
  await app.register(oidcRoutes, { console })
  await app.register(accountRoutes, { console })
  await app.register(peopleRoutes, { console })
  await app.register(alertRoutes, { console })
  await app.register(auditRoutes, { console })
  await app.register(breakGlassRoutes, { console })
  await app.register(settingsRoutes, { console })
  await app.register(helpRoutes)
}

import type { FastifyPluginAsync } from 'fastify'
import type { Gateway } from '../../gateway.ts'
import { anchorRoutes } from './anchor-routes.ts'
import { authorityRoutes } from './authority-routes.ts'
import { certificateRoutes } from './certificate-routes.ts'
import { crlRoutes } from './crl-routes.ts'
import { mandateRoutes } from './mandate-routes.ts'
import { whatIfRoutes } from './what-if-routes.ts'

/** Whom the hub believes, what they say, and who holds which certificate; for operators. */
export const adminTrustRoutes: FastifyPluginAsync<{ gateway: Gateway }> = async (app, options) => {
  await app.register(anchorRoutes, options)
  await app.register(authorityRoutes, options)
  await app.register(certificateRoutes, options)
  await app.register(crlRoutes, options)
  await app.register(mandateRoutes, options)
  await app.register(whatIfRoutes, options)
}

import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'

/** Nothing of others, nothing inline: what stands in a document's subject can run nowhere. */
const contentSecurity = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const pages = ['/verify'] as const

/** The built pages: one document for every address, and its files under names that change with their content. */
export const pageRoutes: FastifyPluginAsync<{ readonly folder: string }> = async (app, { folder }) => {
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isNamedByContent = path.includes('/assets/')
      reply.header('cache-control', isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy': contentSecurity,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
    })
  })
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/verify'))
  for (const page of pages) {
    app.get(page, { schema: { hide: true } }, (_request, reply) => reply.sendFile('index.html'))
  }
}

import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'

/** Nothing of others, nothing inline: what stands in a document's subject can run nowhere. */
const contentSecurity = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  // Attachments, which come under a policy of their own.
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** One document for every page of the console, which decides by the address; the public pages have their own. */
const pages: readonly (readonly [path: string, document: string])[] = [
  ['/verify', 'verify.html'],
  ['/help', 'help.html'],
  ['/help/:code', 'help.html'],
  ...[
    '/',
    '/documents',
    '/documents/:id',
    '/dead-letters',
    '/agencies',
    '/agencies/requests',
    '/agencies/import',
    '/agencies/reform',
    '/agencies/:code',
    '/trust',
    '/reports',
    '/reports/register',
    '/alerts',
    '/alerts/rules/:id',
    '/alerts/destinations/:id',
    '/audit',
    '/break-glass',
    '/settings',
    '/settings/people',
    '/settings/people/:id',
    '/settings/account',
  ].map(path => [path, 'console.html'] as const),
]

/** The built pages, and their files under names that change with their content. */
export const pageRoutes: FastifyPluginAsync<{ readonly folder: string }> = async (app, { folder }) => {
  await app.register(fastifyStatic, {
    root: folder,
    index: false,
    preCompressed: true,
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
  app.addHook('preHandler', async (request, reply) => {
    if (isTypedInVain(request)) return reply.code(404).sendFile('console.html')
  })
  for (const [path, document] of pages) {
    app.get(path, { schema: { hide: true } }, (_request, reply) => reply.sendFile(document))
  }
}

/** An address that leads nowhere and that a person went to, not a program or a page: the console says so in words. */
function isTypedInVain({ routeOptions, url, headers }: FastifyRequest): boolean {
  const [path = ''] = url.split('?')
  const isPage = routeOptions.url === '/*' && !/^\/(console\/)?api\/|\.\w+$/.test(path)
  return isPage && (headers.accept ?? '').includes('text/html')
}

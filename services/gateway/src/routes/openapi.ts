import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fp from 'fastify-plugin'

/** Nothing of others; the pages' own script sets styles. Works over plain HTTP too, as on a hub without TLS in front. */
const pagesContentSecurity = {
  'default-src': "'self'",
  'base-uri': "'self'",
  'frame-ancestors': "'self'",
  'img-src': "'self' data:",
  'object-src': "'none'",
  'style-src': "'self' 'unsafe-inline'",
}

/**
 * The interface's own description: OpenAPI 3.1 made from the routes' schemas, and pages to read it. Both are public:
 * they hold no data.
 */
export const apiDescription = fp(
  async app => {
    await app.register(swagger, {
      refResolver: {
        buildLocalReference: (schema, _base, _fragment, index) => String(schema.$id ?? `schema-${index}`),
      },
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'docaxis gateway',
          description:
            'Inter-agency exchange of signed edXML documents. Problems are RFC 9457 with `code` and `errors`.',
          version: '1',
        },
        tags: [
          { name: 'documents', description: 'Send, check and follow documents' },
          { name: 'deliveries', description: 'Fetch, acknowledge, report' },
          { name: 'receipts', description: 'Signed evidence' },
          { name: 'directory', description: 'Agencies and groups' },
          { name: 'webhooks', description: 'Being told what waits' },
          { name: 'verification', description: 'What certificates and documents are worth' },
          { name: 'administration', description: 'For operators' },
        ],
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
        security: [{ bearer: [] }],
      },
    })
    app.get('/api/v1/openapi.json', { config: { public: true }, schema: { hide: true } }, async () => app.swagger())
    await app.register(swaggerUi, {
      routePrefix: '/api/docs',
      staticCSP: pagesContentSecurity,
      uiConfig: { url: '/api/v1/openapi.json' },
      theme: { title: 'docaxis API' },
    })
  },
  { name: 'docaxis-api-description' },
)

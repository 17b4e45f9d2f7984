import type { FastifyInstance } from 'fastify'

/** Which methods a path has, for 405 and its Allow header (RFC 9110, 15.5.6). */
export interface RouteTable {
  methodsOf(path: string): readonly string[]
}

/** Collects the routes that are registered on `app` from now on. */
export function collectRoutes(app: FastifyInstance): RouteTable {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = []
  app.addHook('onRoute', ({ url, method }) => {
    // Where files are looked for by any name: that says of no path that there is something.
    if (url === '/*') return
    routes.push({ pattern: patternOf(url), methods: [method].flat() })
  })
  return {
    methodsOf(path) {
      const methods = routes.filter(({ pattern }) => pattern.test(path)).flatMap(route => route.methods)
      return [...new Set(methods)].sort()
    },
  }
}

/** `/documents/:id/envelope`, `/files/*` and `/documents/:id.:ext` as the router reads them. */
function patternOf(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/:\w+/g, '[^/]+')
  return new RegExp(`^${source}$`)
}

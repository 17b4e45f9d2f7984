import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

// The copy that readers and client generators take. UPDATE_OPENAPI=1 writes it anew.
const copy = resolve(import.meta.dirname, '../../../schemas/openapi/gateway.json')
let hub: TestGateway

beforeAll(async () => {
  hub = await testGateway()
})
afterAll(() => hub?.close())

it('describes every route, as OpenAPI 3.1', async () => {
  const document = (await hub.app.inject('/api/v1/openapi.json')).json()

  const described = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  )
  const routes = hub.routes
    .filter(({ url, schema }) => url.startsWith('/api/v1/') && !schema?.hide)
    .flatMap(({ method, url }) => [method].flat().map(each => `${each} ${url.replace(/:(\w+)/g, '{$1}')}`))
    .filter(route => !route.startsWith('HEAD'))
  expect(document.openapi).toBe('3.1.0')
  expect(described.sort()).toEqual([...new Set(routes)].sort())
})

it('serves pages to read it, without scripts of others, over plain HTTP too', async () => {
  const page = await hub.app.inject('/api/docs/')

  const policy = page.headers['content-security-policy']
  expect(page.statusCode).toBe(200)
  expect(policy).toContain("default-src 'self'")
  expect(policy).not.toMatch(/script-src|https:|upgrade-insecure-requests/)
})

it('is the description that stands in schemas/', async () => {
  const document = (await hub.app.inject('/api/v1/openapi.json')).json()
  if (process.env.UPDATE_OPENAPI) await writeFile(copy, `${JSON.stringify(document, null, 2)}\n`)

  expect(JSON.parse(await readFile(copy, 'utf8'))).toEqual(document)
})

import { FetchFault, type Resolve } from '@docaxis/outbound'
import { type FileServer, testFileServer } from '@docaxis/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createGuardedFetch, type FetchOptions } from '../../src/fetch/guarded-fetch.ts'

// A name of the outside that leads to the server of this test, which is inside by its address.
const host = 'crl.authority.example'

let server: FileServer
let port: string

beforeAll(async () => {
  server = await testFileServer({ '/ca.crl': Buffer.from('list') })
  port = new URL(server.url).port
})
afterAll(() => server.close())
beforeEach(() => {
  server.trouble = undefined
})

const loopback: Resolve = async () => [{ address: '127.0.0.1', family: 4 }]

function fetching(options: Partial<FetchOptions> = {}) {
  return createGuardedFetch({
    insideHosts: [host],
    resolve: loopback,
    limits: { maxBytes: 1024 * 1024, timeoutMs: 500 },
    ...options,
  })
}

const address = (path: string) => `http://${host}:${port}${path}`

it('fetches what is there', async () => {
  expect(await fetching()({ url: address('/ca.crl') })).toEqual(Buffer.from('list'))
})

it.each([
  { trouble: 'slow', says: 'no whole answer' },
  { trouble: 'down', says: 'no answer' },
  { trouble: 'huge', says: 'larger than 1 MiB' },
  { trouble: 'redirect-inside', says: 'redirects to another host' },
] as const)('gives up on a server that is $trouble', async ({ trouble, says }) => {
  server.trouble = trouble

  const answer = fetching()({ url: address('/ca.crl') })

  await expect(answer).rejects.toBeInstanceOf(FetchFault)
  await expect(answer).rejects.toThrow(says)
  expect(server.visits).not.toContain('/inside')
})

it('gives up on a look-up that never ends', async () => {
  const answer = fetching({ resolve: () => new Promise(() => undefined) })({ url: address('/ca.crl') })

  await expect(answer).rejects.toThrow('no whole answer')
})

it('gives up when its service stops', async () => {
  server.trouble = 'slow'
  const ending = new AbortController()
  const answer = fetching({ signal: ending.signal, limits: { maxBytes: 10, timeoutMs: 60_000 } })({
    url: address('/x'),
  })

  ending.abort()

  await expect(answer).rejects.toBeInstanceOf(FetchFault)
})

describe('an address of the inside', () => {
  it.each([
    'http://127.0.0.1/ca.crl',
    'http://2130706433/ca.crl',
    'http://0x7f.1/ca.crl',
    'http://[::1]/ca.crl',
    'http://[::ffff:10.0.0.1]/ca.crl',
    'http://169.254.169.254/latest/meta-data',
  ])('is refused as written: %s', async url => {
    await expect(fetching({ insideHosts: [] })({ url })).rejects.toThrow('is inside')
  })

  it('is refused when a name leads there, although another address of the name does not', async () => {
    const resolve: Resolve = async () => [
      { address: '203.162.0.11', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]

    await expect(fetching({ insideHosts: [], resolve })({ url: address('/ca.crl') })).rejects.toThrow('is inside')
  })

  it('is not reached by a name that leads elsewhere the second time', async () => {
    let asked = 0
    const resolve: Resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }]

    await fetching({ resolve })({ url: address('/ca.crl') })

    expect(asked).toBe(1)
  })
})

it.each([
  'https://crl.authority.example/ca.crl',
  'file:///etc/passwd',
  'ldap://ca/list',
  'http://a:b@host/',
  'nothing',
])('asks for nothing at %s', async url => {
  await expect(fetching()({ url })).rejects.toBeInstanceOf(FetchFault)
})

it('takes no answer but 200', async () => {
  await expect(fetching()({ url: address('/missing.crl') })).rejects.toThrow('status 404')
})

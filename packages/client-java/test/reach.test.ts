import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@docaxis/client'
import { itWithPrograms, operationsAsked, outsideClients, systemOperations } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'
import { compile, runJava } from './java.ts'

// What the TypeScript client has, the Java client has under the same name, and it reaches every route open to systems.

const itWithJava = itWithPrograms('javac')

let folder: string
let reach: Promise<Reached>

interface Reached {
  readonly operations: ReadonlySet<string>
  readonly names: Readonly<Record<string, readonly string[]>>
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-java-reach-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs Java once, for whichever test comes first. */
function reached(): Promise<Reached> {
  reach ??= callAll()
  return reach
}

itWithJava.each(systemOperations())(
  'the Java client reaches $id ($method $path)',
  async ({ id }) => {
    expect((await reached()).operations.has(id), outsideClients[id]).toBe(outsideClients[id] === undefined)
  },
  120_000,
)

const typescript = createClient({ url: 'http://hub.example' })

itWithJava.each([
  { of: 'client', methods: typescript },
  { of: 'webhooks', methods: typescript.webhooks },
  { of: 'relay', methods: typescript.relay },
])(
  'the $of of both bear the same names',
  async ({ of, methods }) => {
    const { names } = await reached()

    expect([...new Set(names[of])].sort()).toEqual(Object.keys(methods).sort())
  },
  120_000,
)

async function callAll(): Promise<Reached> {
  const requests: { method: string; path: string }[] = []
  const hub = createServer((request, response) => {
    requests.push({ method: request.method ?? '', path: request.url ?? '' })
    request.resume().on('end', () => response.end('{"items":[{"deliveryId":"word"}]}'))
  })
  await new Promise<void>(resolve => hub.listen(0, '127.0.0.1', resolve))
  try {
    const { port } = hub.address() as AddressInfo
    const classes = await compile(folder)
    const names = JSON.parse(await runJava(classes, 'Reach', [`http://127.0.0.1:${port}`, folder]))
    return { operations: operationsAsked(requests), names }
  } finally {
    hub.closeAllConnections()
    await new Promise(resolve => hub.close(resolve))
  }
}

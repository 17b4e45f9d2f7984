import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { operationsAsked, outsideClients, systemOperations } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Client, createClient } from '../src/index.ts'

// Whatever the hub's route table offers to systems, the client reaches: a new route without a method fails here by name.

let folder: string
let reached: ReadonlySet<string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-reach-'))
  reached = operationsAsked(await requestsOfAllMethods())
})
afterAll(() => rm(folder, { recursive: true }))

it.each(systemOperations())('the client reaches $id ($method $path)', ({ id }) => {
  expect(reached.has(id), outsideClients[id]).toBe(outsideClients[id] === undefined)
})

/** Calls every method there is, with a word for each argument, and answers each call with nothing. */
async function requestsOfAllMethods() {
  const requests: { method: string; path: string }[] = []
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    requests.push({ method: init?.method ?? '', path: new URL(String(url)).pathname })
    return Response.json({ items: [], next: null })
  }
  const client: Client = createClient({ url: 'http://hub.example', fetch })
  for (const methods of [client, client.webhooks, client.relay]) {
    for (const method of Object.values(methods)) if (typeof method === 'function') await finish(method)
  }
  return requests
}

/** The one word is an id, a file or whatever else the method asks for. */
async function finish(method: (...args: string[]) => unknown): Promise<void> {
  const word = join(folder, 'word')
  const answer = await method(word, word)
  if (isAsyncIterable(answer)) await Array.fromAsync(answer)
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

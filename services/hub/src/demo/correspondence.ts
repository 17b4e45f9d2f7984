import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { ApiProblem, type Client, createClient, type InboxItem } from '@docaxis/client'
import type { DemoAgencyRow } from './folder.ts'
import type { DemoKeyring } from './keyring.ts'
import { type Handling, letters } from './letters.ts'
import { dayOf, letterId, writeLetter } from './write-letter.ts'

export interface CorrespondenceDeps {
  /** Where the hub listens. */
  readonly url: string
  readonly agencies: readonly DemoAgencyRow[]
  readonly keyring: DemoKeyring
  readonly now: () => Date
  readonly signal: AbortSignal
}

const pollMs = 50
const waitMs = 10_000

/**
 * The first letters of the demo country, sent, fetched, acknowledged and answered through the hub's own HTTP calls as
 * any office system would, so that everything the hub shows really happened. Safe to run again after an interruption.
 */
export async function exchangeLetters(deps: CorrespondenceDeps): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-demo-'))
  try {
    for (const [index] of letters.entries()) await exchangeLetter(deps, index, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function exchangeLetter(deps: CorrespondenceDeps, index: number, folder: string): Promise<void> {
  const letter = letters[index]
  if (!letter) return
  deps.signal.throwIfAborted()
  const now = deps.now()
  const documentId = letterId(letter, dayOf(now))
  await sendOnce(clientOf(deps, letter.sender), writeLetter(letter, letters, deps.keyring, now))
  for (const handling of letter.handlings) await handle(deps, handling, documentId, folder)
}

/** A letter that an interrupted run sent has other bytes now: its seal is made anew. It is there, and that is enough. */
async function sendOnce(client: Client, envelope: Buffer): Promise<void> {
  try {
    await client.send(new Blob([new Uint8Array(envelope)]))
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 409)) throw error
  }
}

async function handle(deps: CorrespondenceDeps, handling: Handling, documentId: string, folder: string): Promise<void> {
  const client = clientOf(deps, handling.receiver)
  const item = await waitForMail(deps, client, handling.receiver, documentId)
  if (!item) return
  await client.fetchDelivery(item.deliveryId, join(folder, item.deliveryId), { sha256: item.sha256 })
  await client.ack(item.deliveryId)
  for (const { code, reason, staff } of handling.reports) {
    deps.signal.throwIfAborted()
    await client.status(item.deliveryId, { code, staff: { name: staff }, ...(reason && { reason }) })
  }
}

/** Routing takes a moment. Undefined after an interruption, when it was fetched before. */
async function waitForMail(
  deps: CorrespondenceDeps,
  client: Client,
  agency: string,
  documentId: string,
): Promise<InboxItem | undefined> {
  const until = performance.now() + waitMs
  while (performance.now() < until) {
    deps.signal.throwIfAborted()
    for await (const item of client.inbox({ agency, kind: 'document' })) {
      if (item.documentId === documentId) return item
    }
    await setTimeout(pollMs, undefined, { signal: deps.signal })
  }
  return undefined
}

function clientOf(deps: CorrespondenceDeps, code: string): Client {
  const agency = deps.agencies.find(candidate => candidate.code === code)
  if (!agency) throw new Error(`no demo system was made for ${code}`)
  return createClient({ url: deps.url, token: agency.token })
}

import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ApiProblem, HubUnreachable, TransferDamaged } from '../api-problem.ts'
import type { Client } from '../client.ts'
import { wait } from '../transport.ts'
import type { PulledMessage, RelayCalls, RelayOutcome } from '../webhooks.ts'
import { isTaken, postEnvelope, postMessage } from './post-inside.ts'
import type { RelayState } from './relay-state.ts'

export interface RelayOptions {
  readonly calls: RelayCalls
  readonly client: Pick<Client, 'fetchDelivery' | 'ack'>
  readonly state: RelayState
  /** Envelopes pass through the folder of this file. */
  readonly stateFile: string
  /** Address inside the office. */
  readonly to: string
  /** Whether envelopes are posted too, and acknowledged at the hub. */
  readonly envelopes: boolean
  readonly pauseMs: number
  /** Ends when nothing waits any more. */
  readonly once: boolean
  readonly signal: AbortSignal
  readonly onOutcome: (message: PulledMessage, outcome: RelayOutcome) => void
  /** The hub cannot be reached, or is busy: it is asked again after a pause. */
  readonly onTrouble: (error: Error) => void
}

/** Small enough to be posted before the hub offers them again. */
const messagesAtOnce = 10

/**
 * Passes on what waits at the hub, one message after the other, until `signal`. What the office took is noted on disk
 * before the hub is told, so that it is not posted again when the hub cannot be reached at that moment.
 *
 * @throws ApiProblem when the hub refuses: a wrong token, a webhook that is gone
 */
export async function runRelay(options: RelayOptions): Promise<void> {
  const { calls, state, signal } = options
  while (!signal.aborted) {
    const passed = await passOn(options).catch(error => {
      if (signal.aborted) return 0
      if (!isPassing(error)) throw error
      options.onTrouble(error)
      return undefined
    })
    if (passed === 0 && options.once) return
    if (!passed) await wait(options.pauseMs, signal).catch(() => undefined)
  }

  /** @returns how many were looked at */
  async function passOn({ signal }: RelayOptions): Promise<number> {
    const { webhookId } = state.memory
    const messages = await calls.pull(webhookId, messagesAtOnce, signal)
    for (const message of messages) {
      // What is not begun comes again when its lease is over.
      if (signal.aborted) break
      const outcome = await passOne(options, message)
      await calls.settle(webhookId, message.messageId, outcome)
      if (isTaken(outcome)) await state.forgetTaken([message.messageId, envelopeId(message)])
      options.onOutcome(message, outcome)
    }
    return messages.length
  }
}

const envelopeId = ({ messageId }: PulledMessage): string => `${messageId}-envelope`

const known: RelayOutcome = { durationMs: 0, status: 200 }

async function passOne(options: RelayOptions, message: PulledMessage): Promise<RelayOutcome> {
  const { state, to, envelopes } = options
  const { messageId, type, headers, body } = message
  const told = await takenOnce(state, messageId, () => postMessage(to, headers, body))
  if (!isTaken(told) || !envelopes || type !== 'delivery.available') return told
  return (await passEnvelope(options, message)) ?? told
}

/** Undefined: there is nothing to be had any more, because it was taken back or settled otherwise. */
async function passEnvelope(options: RelayOptions, message: PulledMessage): Promise<RelayOutcome | undefined> {
  const { client, state, stateFile, to } = options
  const { deliveryId, sha256 } = (JSON.parse(message.body) as DeliveryNotice).data
  const id = envelopeId(message)
  const file = join(dirname(stateFile), `${deliveryId}.edxml`)
  try {
    const outcome = await takenOnce(state, id, async () => {
      await client.fetchDelivery(deliveryId, file, { sha256, signal: options.signal })
      const { secret } = state.memory
      return postEnvelope(to, { id, at: new Date(), file, deliveryId, secret })
    })
    if (isTaken(outcome)) await client.ack(deliveryId)
    return outcome
  } catch (error) {
    if (error instanceof ApiProblem && closedCodes.has(error.status)) return undefined
    throw error
  } finally {
    await rm(file, { force: true })
  }
}

interface DeliveryNotice {
  readonly data: { readonly deliveryId: string; readonly sha256: string }
}

/** Answers to a delivery that is nobody's to fetch or acknowledge any more. */
const closedCodes: ReadonlySet<number> = new Set([404, 409, 410])

async function takenOnce(state: RelayState, id: string, post: () => Promise<RelayOutcome>): Promise<RelayOutcome> {
  if (state.wasTaken(id)) return known
  const outcome = await post()
  if (isTaken(outcome)) await state.noteTaken(id)
  return outcome
}

function isPassing(error: unknown): error is Error {
  return (
    error instanceof HubUnreachable ||
    error instanceof TransferDamaged ||
    (error instanceof ApiProblem && error.retryable)
  )
}

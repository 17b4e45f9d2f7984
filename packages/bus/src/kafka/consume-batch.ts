import type { Topic } from '@docaxis/events'
import { closeKafkaClaim, insertDeadLetter, type KafkaClaim, openKafkaClaim } from '@docaxis/store'
import type { EachBatchPayload } from 'kafkajs'
import type { BusOptions, ConsumerOptions } from '../create-bus.ts'
import { type BatchOutcome, type BatchWork, retryPauseMs, settleBatch } from '../settle-batch.ts'
import { passStep } from '../steps.ts'
import type { AnySubscription } from '../subscription.ts'
import { codeOf, messageOf } from '../trouble.ts'
import { type ReadMessage, readMessage } from './read-message.ts'

const firstRetryMs = 100
/** The database is asked again so long after it failed to answer. */
const troublePauseMs = 500
/** kafkajs sends a heartbeat at most every second, however often it is called. */
const heartbeatMs = 1_000

/** Handles what one fetch brought, a transaction at a time; each offset is committed after its effect. */
export async function consumeBatch(
  options: ConsumerOptions,
  subscription: AnySubscription,
  payload: EachBatchPayload,
): Promise<void> {
  const { batch, heartbeat, isRunning, isStale } = payload
  // The group keeps its partitions while a batch takes long; a heartbeat that fails is told by the next call.
  const beating = setInterval(() => heartbeat().catch(() => {}), heartbeatMs)
  try {
    let rest = batch.messages.map(message => readMessage(batch.topic as Topic, batch.partition, message))
    while (rest.length > 0 && isRunning() && !isStale()) {
      const taken = await takeSome(options, subscription, payload, rest)
      if (taken === undefined) return
      rest = rest.slice(taken)
      await heartbeat()
    }
  } finally {
    clearInterval(beating)
  }
}

/** @returns how many of `waiting` are done, or undefined when the partition was paused */
async function takeSome(
  options: ConsumerOptions,
  subscription: AnySubscription,
  payload: EachBatchPayload,
  waiting: readonly ReadMessage[],
): Promise<number | undefined> {
  const { database } = options
  const [head] = waiting
  if (head === undefined) return 0
  const claim = claimOf(subscription, payload, head, Math.min(waiting.length, subscription.maxBatch))
  const opened = await openKafkaClaim(database, claim).catch(error => ({ error }))
  if ('error' in opened) {
    pauseFor(payload, troublePauseMs)
    return undefined
  }

  const taken = waiting.slice(0, opened.take)
  const outcome = await settleBatch(taken, opened.attempts, kafkaWork(options, subscription, payload))
  await commitOffset(payload)
  if (outcome.kind === 'done') return taken.length
  await waitOut(options, subscription, payload, outcome, { claim, attempts: opened.attempts })
  return undefined
}

function claimOf(
  { group }: AnySubscription,
  { batch }: EachBatchPayload,
  head: ReadMessage,
  available: number,
): KafkaClaim {
  return { group, topic: batch.topic as Topic, partition: batch.partition, headOffset: head.offset, available }
}

function kafkaWork(
  { database, logger, committed }: ConsumerOptions,
  subscription: AnySubscription,
  { batch, resolveOffset }: EachBatchPayload,
): BatchWork<ReadMessage> {
  return {
    maxAttempts: subscription.maxAttempts,

    handle: async messages => {
      const faulty = messages.find(message => message.fault !== undefined)
      if (faulty?.fault !== undefined) throw faulty.fault
      passStep('consumed')
      await database.transaction(tx =>
        subscription.handle(
          messages.map(({ event }) => event),
          tx,
        ),
      )
      passStep('inbox-committed')
      committed()
      for (const { offset } of messages) resolveOffset(String(offset))
    },

    bury: async ({ offset, key, event }, error, attempts) => {
      const { group } = subscription
      const topic = batch.topic as Topic
      const code = codeOf(error)
      const reason = messageOf(error)
      await database.transaction(tx => insertDeadLetter(tx, { group, topic, key, event, code, reason, attempts }))
      resolveOffset(String(offset))
      logger.error({ group, topic, eventId: event.id, code, attempts, err: error }, 'event is a dead letter')
    },
  }
}

/** Offsets whose effects are committed. When this fails the events come again, and change nothing. */
async function commitOffset({ commitOffsetsIfNecessary, uncommittedOffsets }: EachBatchPayload): Promise<void> {
  await commitOffsetsIfNecessary(uncommittedOffsets())
  passStep('offset-committed')
}

/** Holds the partition back; what was not resolved is fetched again afterwards. */
async function waitOut(
  { database, logger, firstRetryMs: configured }: BusOptions,
  { group }: AnySubscription,
  payload: EachBatchPayload,
  outcome: Exclude<BatchOutcome<ReadMessage>, { kind: 'done' }>,
  opened: { readonly claim: KafkaClaim; readonly attempts: number },
): Promise<void> {
  const { topic } = payload.batch
  const reason = messageOf(outcome.error)
  if (outcome.kind === 'trouble') {
    logger.warn({ group, topic, partition: payload.batch.partition, reason }, 'event log: batch given back')
    pauseFor(payload, troublePauseMs)
    await forgive(() => closeKafkaClaim(database, opened.claim, Math.max(0, opened.attempts - 1)))
    return
  }
  const { event, offset } = outcome.event
  const pauseMs = retryPauseMs(configured ?? firstRetryMs, outcome.tries)
  logger.warn({ group, topic, eventId: event.id, tries: outcome.tries, pauseMs, reason }, 'event failed; trying again')
  pauseFor(payload, pauseMs)
  await forgive(() => closeKafkaClaim(database, { ...opened.claim, headOffset: offset }, outcome.tries))
}

/** A counter that could not be written costs a further halving, no event. */
async function forgive(write: () => Promise<void>): Promise<void> {
  await write().catch(() => {})
}

function pauseFor({ pause }: EachBatchPayload, ms: number): void {
  setTimeout(pause(), ms).unref()
}

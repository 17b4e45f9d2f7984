import { Readable } from 'node:stream'
import {
  type ConformanceRun,
  type ConformanceStep,
  documentsSentTo,
  endConformanceRun,
  handedDocuments,
  listConformanceNotes,
  refusedTo,
  saveConformanceStep,
  statusDeliveries,
} from '@docaxis/store'
import type { Gateway } from '../gateway.ts'
import { acceptDocument } from '../intake/accept-document.ts'
import { recordHandovers } from '../mailbox/acknowledge.ts'
import { reportStatus } from '../mailbox/report-status.ts'
import { takeBack } from '../mailbox/take-back.ts'
import { counterpart, counterpartCode, lockedCode } from './counterpart.ts'
import { getRun } from './find-run.ts'
import { type Facts, judges } from './judge.ts'
import { type Message, messageOf } from './messages.ts'
import type { Reason } from './reasons.ts'
import { isStep, type Step, steps } from './script.ts'

/** What the script begins with: by step and part, the message. */
const opening: readonly (readonly [step: Step, part: string, message: Message])[] = [
  ['good', 'document', 'good'],
  ['faulty', 'document', 'faulty'],
  ['duplicate', 'document', 'duplicate'],
  ['update', 'original', 'original'],
  ['take-back', 'document', 'take-back'],
  ['large', 'document', 'large'],
]

type Documents = Map<Step, Record<string, string>>

/**
 * Looks at what the system has done, does what the hub's part is next, and gives its verdicts. Safe to repeat, and to do
 * twice at once: messages are the same bytes each time, and a verdict that was given stands.
 */
export async function advanceRun(gateway: Gateway, run: ConformanceRun, traceparent: string): Promise<ConformanceRun> {
  if (run.endedAt !== null) return run
  const documents: Documents = new Map(
    run.steps.flatMap(({ step, documents }) => (isStep(step) ? [[step, { ...documents }] as const] : [])),
  )
  const play = { gateway, run, documents, traceparent }
  for (const [step, part, message] of opening) await sendOnce(play, step, part, message)
  await answerAsCounterpart(play)
  await askForChanges(play)

  const facts = await factsOf(gateway, run, documents)
  await gateway.database.transaction(async tx => {
    const judged = steps.map(step => ({ step, documents: documents.get(step) ?? {}, ...judges[step](facts) }))
    for (const step of judged) await saveConformanceStep(tx, run.id, step)
  })
  return endWhereDecided(gateway, run)
}

/** What still waits although its turn had come has failed; what waits for another step, or for the hub, stays open. */
export async function finishRun(gateway: Gateway, run: ConformanceRun, traceparent: string): Promise<ConformanceRun> {
  const last = await advanceRun(gateway, run, traceparent)
  if (last.endedAt !== null) return last
  await gateway.database.transaction(async tx => {
    for (const step of last.steps.filter(hadItsTurn))
      await saveConformanceStep(tx, run.id, { ...step, verdict: 'failed' })
    await endConformanceRun(tx, run.id)
  })
  return getRun(gateway, run.id, run.systemId)
}

/** Reasons for which the system could do nothing yet. */
const notItsTurn: ReadonlySet<string> = new Set<Reason>(['blocked', 'not-begun', 'on-its-way'])

function hadItsTurn({ verdict, reason }: ConformanceStep): boolean {
  return verdict === 'waiting' && !notItsTurn.has(reason)
}

async function endWhereDecided(gateway: Gateway, { id, systemId }: ConformanceRun): Promise<ConformanceRun> {
  const run = await getRun(gateway, id, systemId)
  if (run.steps.some(({ verdict }) => verdict === 'waiting')) return run
  await gateway.database.transaction(tx => endConformanceRun(tx, id))
  return getRun(gateway, id, systemId)
}

interface Play {
  readonly gateway: Gateway
  readonly run: ConformanceRun
  /** Of each step; filled as messages are sent. */
  readonly documents: Documents
  readonly traceparent: string
}

async function sendOnce(play: Play, step: Step, part: string, message: Message): Promise<void> {
  const { gateway, run, documents, traceparent } = play
  const own = documents.get(step)
  if (!own || own[part] !== undefined) return
  const body = Readable.from([messageOf(run, message, largeBytesOf(run))])
  const { acceptance } = await acceptDocument(gateway.accept, counterpart, { body, traceparent })
  own[part] = acceptance.id
}

function largeBytesOf({ steps }: ConformanceRun): number {
  return Number(steps.find(({ step }) => step === 'large')?.details.largeBytes ?? 1)
}

/** The hub's agency takes what it is sent, and says so to the sender of the first document. */
async function answerAsCounterpart({ gateway, run, traceparent }: Play): Promise<void> {
  const sent = await sentDocuments(gateway, run)
  const open = sent.flatMap(({ deliveryId, state }) =>
    deliveryId !== null && (state === 'available' || state === 'fetched') ? [deliveryId] : [],
  )
  if (open.length > 0) {
    const reports = open.map(id => ({ id, result: 'stored' as const }))
    await gateway.database.transaction(tx => recordHandovers(tx, counterpart, gateway.settings, reports))
    gateway.accept.bus.nudge()
  }
  const deliveryId = sent[0]?.deliveryId
  if (deliveryId) await reportStatus(gateway.accept, counterpart, { deliveryId, code: '03', traceparent })
}

/** Update and take-back are asked for once the system has stored what they are about. */
async function askForChanges(play: Play): Promise<void> {
  const { gateway, run, documents, traceparent } = play
  const { original } = documents.get('update') ?? {}
  const taken = documents.get('take-back')
  const handed = await handedDocuments(gateway.database, [original ?? '', taken?.document ?? ''], run.agency)

  if (original !== undefined && handed.get(original)?.state === 'acknowledged') {
    await sendOnce(play, 'update', 'update', 'update')
  }
  const id = taken?.document
  if (taken && id !== undefined && taken.request === undefined && handed.get(id)?.state === 'acknowledged') {
    const wish = { id, reason: 'Kiểm thử lấy lại', traceparent }
    const [request] = await takeBack(gateway.accept, counterpart, wish)
    if (request) taken.request = request.id
  }
}

function sentDocuments({ database }: Gateway, { systemId, startedAt: since }: ConformanceRun) {
  return documentsSentTo(database, { systemId, agency: counterpartCode, since })
}

async function factsOf(gateway: Gateway, run: ConformanceRun, documents: Documents): Promise<Facts> {
  const { database } = gateway
  const { systemId, agency, startedAt: since } = run
  const ids = [...documents.values()].flatMap(parts => Object.values(parts))
  const sent = await sentDocuments(gateway, run)
  return {
    documents,
    handed: await handedDocuments(database, ids, agency),
    notes: await listConformanceNotes(database, run.id),
    sent,
    refused: await refusedTo(database, { systemId, written: lockedCode, since }),
    statusBack: sent[0] ? await statusDeliveries(database, sent[0].id) : [],
  }
}

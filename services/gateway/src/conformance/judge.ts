import type {
  ConformanceNote,
  DeliveryState,
  HandedDocument,
  RefusedDocument,
  SentDocument,
  StepVerdict,
} from '@docaxis/store'
import { noReason } from '../mailbox/acknowledge.ts'
import { failReason } from '../vxp/operations/update-status.ts'
import { isWholeDownload } from './downloads.ts'
import type { Reason } from './reasons.ts'
import type { Step } from './script.ts'

/** Everything that is known of a run when its steps are judged. */
export interface Facts {
  /** Hub ids of what was sent for each step, by its part. */
  readonly documents: ReadonlyMap<Step, Readonly<Record<string, string>>>
  /** By the hub's id of the document. */
  readonly handed: ReadonlyMap<string, HandedDocument>
  readonly notes: readonly ConformanceNote[]
  readonly sent: readonly SentDocument[]
  readonly refused: readonly RefusedDocument[]
  /** Where the status messages on the first document sent stand. */
  readonly statusBack: readonly DeliveryState[]
}

export interface Judgement {
  readonly verdict: StepVerdict
  readonly reason: Reason
  readonly details: Readonly<Record<string, unknown>>
}

const waiting = (reason: Reason, details = {}): Judgement => ({ verdict: 'waiting', reason, details })
const passed = (reason: Reason, details = {}): Judgement => ({ verdict: 'passed', reason, details })
const failed = (reason: Reason, details = {}): Judgement => ({ verdict: 'failed', reason, details })

/** One rule for each step. Nothing is failed for being late: that is said when the run is finished. */
export const judges: Readonly<Record<Step, (facts: Facts) => Judgement>> = {
  good: facts => {
    const document = documentOf(facts, 'good', 'document')
    const refusal = refusalOf(document)
    if (refusal) return failed('good-refused', refusal)
    if (document && document.attempts > 0 && document.state !== 'acknowledged') {
      return waiting('good-refused', { reason: document.failReason })
    }
    return handing(document) ?? passed('acknowledged')
  },
  status: facts => {
    const document = documentOf(facts, 'good', 'document')
    if (handing(document) || refusalOf(document)) return waiting('blocked', { after: 'good' })
    const first = document?.reports[0]
    if (!first) return waiting('no-status')
    return first.code === '01' || first.code === '03'
      ? passed('status-reported', { code: first.code })
      : failed('status-out-of-order', { code: first.code })
  },
  faulty: facts => {
    const document = documentOf(facts, 'faulty', 'document')
    const refusals = document?.reports.filter(({ code }) => code === '02') ?? []
    const reason = refusals.find(refusal => refusal.reason !== null)?.reason
    if (reason !== undefined) return passed('refused-with-reason', { reason })
    if (refusals.length > 0) return waiting('refused-without-reason')
    const accepted = document?.reports.find(({ code }) => code >= '03')
    if (accepted) return failed('faulty-accepted', { code: accepted.code })
    if (document && document.attempts > 0) return judgeFailing(document)
    return handing(document) ?? waiting('faulty-stored')
  },
  duplicate: facts => {
    const document = documentOf(facts, 'duplicate', 'document')
    const refusal = refusalOf(document) ?? failingOf(document)
    if (refusal) return failed('duplicate-refused', refusal)
    const twice = document?.reports.find(
      ({ code }, index) => document.reports.findIndex(other => other.code === code) < index,
    )
    if (twice) return failed('registered-twice', { code: twice.code })
    if (!noteOf(facts, 'acknowledgement-withheld')) return handing(document) ?? waiting('not-acknowledged')
    return document?.state === 'acknowledged' ? passed('acknowledged-again') : waiting('not-acknowledged-again')
  },
  update: facts => {
    const original = documentOf(facts, 'update', 'original')
    if (handing(original)) return waiting('blocked', { after: 'storing the document that is updated' })
    const update = documentOf(facts, 'update', 'update')
    const answer = answerOf(original) ?? answerOf(update)
    if (answer) return passed('answered', { code: answer })
    const registered = update?.reports.find(({ code }) => code >= '03' && code <= '06')
    if (registered) return failed('update-as-new', { code: registered.code })
    return waiting('not-answered')
  },
  'take-back': facts => {
    const document = documentOf(facts, 'take-back', 'document')
    if (handing(document)) return waiting('blocked', { after: 'storing the document that is taken back' })
    const answer = answerOf(document)
    return answer ? passed('answered', { code: answer }) : waiting('not-answered')
  },
  large: facts => {
    const document = documentOf(facts, 'large', 'document')
    const open = handing(document)
    if (open || !document) return open ?? waiting('on-its-way')
    const { sizeBytes } = document
    const download = isWholeDownload(facts.notes, document.deliveryId, sizeBytes)
    if (download === 'whole') return passed('download-whole', { sizeBytes })
    return download === 'running' ? waiting('download-running') : failed('download-cut', { sizeBytes })
  },
  send: ({ sent, refused }) => {
    const first = sent.find(({ documentId }) => !refused.some(each => each.documentId === documentId))
    return first ? passed('accepted', { documentId: first.documentId }) : waiting('nothing-sent')
  },
  repeat: facts => {
    const withheld = noteOf(facts, 'acceptance-withheld')
    const first = facts.sent.find(({ id }) => id === withheld?.subject)
    if (!withheld || !first) return waiting('blocked', { after: 'send' })
    const asNew = facts.sent.find(
      ({ id, documentId, attachmentsDigest }) =>
        id !== first.id && documentId !== first.documentId && attachmentsDigest === first.attachmentsDigest,
    )
    if (asNew) return failed('sent-as-new', { documentId: asNew.documentId })
    const again = facts.notes.some(({ kind, subject }) => kind === 'sent-again' && subject === first.id)
    return again ? passed('sent-again') : waiting('not-sent-again')
  },
  'status-back': ({ sent, statusBack }) => {
    if (sent.length === 0) return waiting('blocked', { after: 'send' })
    if (statusBack.length === 0) return waiting('on-its-way')
    return statusBack.includes('acknowledged') ? passed('status-taken') : waiting('status-waiting')
  },
  correct: ({ refused, sent }) => {
    if (refused.length === 0) return waiting('nothing-refused')
    const corrected = sent.find(({ documentId }) => refused.some(each => each.documentId === documentId))
    return corrected
      ? passed('corrected', { documentId: corrected.documentId })
      : waiting('not-corrected', { documentId: refused[0]?.documentId, code: refused[0]?.code })
  },
}

function documentOf(facts: Facts, step: Step, part: string): HandedDocument | undefined {
  return facts.handed.get(facts.documents.get(step)?.[part] ?? '')
}

function noteOf({ notes }: Facts, kind: ConformanceNote['kind']): ConformanceNote | undefined {
  return notes.find(note => note.kind === kind)
}

/** Where a document stands until it is acknowledged. */
function handing(document: HandedDocument | undefined): Judgement | undefined {
  switch (document?.state) {
    case 'acknowledged':
      return undefined
    case 'available':
      return waiting('not-fetched')
    case 'fetched':
      return waiting('not-acknowledged')
    default:
      return waiting('on-its-way')
  }
}

/** It was given up, or its officials refused it. */
function refusalOf(document: HandedDocument | undefined) {
  if (document?.state === 'failed') return { reason: document.failReason }
  const refusal = document?.reports.find(({ code }) => code === '02')
  return refusal && { code: '02', reason: refusal.reason }
}

function failingOf(document: HandedDocument | undefined) {
  return document && document.attempts > 0 ? { reason: document.failReason } : undefined
}

/** A kit cannot say why: its officials may still do so by status 02. */
function judgeFailing({ failReason: reason }: HandedDocument): Judgement {
  if (reason === failReason) return waiting('refused-without-reason')
  return reason === noReason ? failed('refused-without-reason') : passed('refused-with-reason', { reason })
}

function answerOf(document: HandedDocument | undefined): string | undefined {
  return document?.reports.find(({ code }) => code === '15' || code === '16')?.code
}

import type { Readable } from 'node:stream'
import type { Bus } from '@docaxis/bus'
import type { ReadOptions } from '@docaxis/edxml'
import { type Finding, HubError } from '@docaxis/errors'
import type { Clock, TrustSource } from '@docaxis/service'
import type { Acceptance, BlobStore, Database, NewDocument } from '@docaxis/store'
import type { Caller } from '../caller.ts'
import type { ConformanceWatch } from '../conformance/watch.ts'
import type { PacketProver } from '../proving/packet-prover.ts'
import { checkDeclaredKind, type DeclaredKind } from './declared-kind.ts'
import { withDecoded } from './decoded-files.ts'
import type { KeptEvidence } from './kept-evidence.ts'
import type { Lookups } from './lookups.ts'
import { newDocument } from './new-document.ts'
import type { PacketWriter } from './packet-writer.ts'
import type { Proof } from './proof.ts'
import { type AttachmentDeps, looksInside, proveAttachments } from './prove-attachments.ts'
import { proveEnvelope } from './prove-envelope.ts'
import { type ReceivedBody, receiveBody } from './receive-body.ts'
import { recordRefusal } from './record-refusal.ts'
import { refusalOf } from './refusal-of.ts'
import { decideRepeat } from './repeat.ts'
import { storePacket } from './store-packet.ts'

export interface AcceptDeps {
  readonly database: Database
  readonly lookups: Lookups
  readonly writer: PacketWriter
  readonly blobs: BlobStore
  readonly bus: Pick<Bus, 'nudge'>
  readonly trust: TrustSource
  readonly prover: PacketProver
  readonly attachments: AttachmentDeps
  readonly kept: KeptEvidence
  readonly maxEnvelopeBytes: number
  readonly now: () => Date
  readonly clock: Clock
  /** Sees systems that play the conformance script. */
  readonly watch: ConformanceWatch
  /** Told how long each proof took. */
  readonly onProved: (seconds: number) => void
}

/** What a caller says beside the bytes. */
export interface Told {
  /** W3C Trace Context, carried by every event of this packet. */
  readonly traceparent?: string
  /** A status message built from a call on this delivery (null: not made yet); absent for one that came as edXML. */
  readonly reportOn?: string | null
  /** What the client says that it sends; the content decides (edXML 3). */
  readonly declaredKind?: DeclaredKind
}

export interface Submission extends Told {
  readonly body: Readable
  /** Content-Length, if the client gave one. */
  readonly declaredBytes?: number
  /** Told of the digest as soon as the body is there; throws to refuse it. */
  readonly onReceived?: (sha256: string) => void
}

export interface Accepted {
  readonly acceptance: Acceptance
  /** The hub had it before: this is its first answer again. */
  readonly repeated: boolean
}

/**
 * Takes responsibility for one packet: once this resolves, the hub delivers it or reports why not.
 *
 * Sending the same bytes again is safe and gives the first answer, whatever has become of the certificate since, so a
 * sender that lost our answer simply sends again.
 *
 * @throws HubError with every fault found: `ENVELOPE_MALFORMED`, `SENDER_NOT_ALLOWED`, `ENVELOPE_REFUSED`,
 *   `SIGNATURE_REFUSED`, `ATTACHMENT_REFUSED`, `MALWARE_FOUND`, `STATE_SECRET`, `DOCUMENT_EXISTS`: refused, and recorded
 *   with a receipt; `SIGNATURE_UNPROVEN`, `ATTACHMENT_UNPROVEN`, `MALWARE_UNCHECKED`, `STORAGE_UNAVAILABLE`: nothing was stored, the same packet may be sent again;
 *   `ENVELOPE_TOO_LARGE`, `REQUEST_INVALID`: the body did not arrive whole
 */
export async function acceptDocument(deps: AcceptDeps, caller: Caller, submission: Submission): Promise<Accepted> {
  const body = await receiveBody(deps.blobs, submission.body, deps.maxEnvelopeBytes, submission.declaredBytes)
  try {
    submission.onReceived?.(body.sha256)
    return await acceptBody(deps, caller, body, submission)
  } finally {
    await body.discard()
  }
}

/** The same for a body that has arrived by whatever way. */
export async function acceptBody(deps: AcceptDeps, caller: Caller, body: ReceivedBody, told: Told): Promise<Accepted> {
  const first = await deps.lookups.acceptanceByBytes(caller.systemId, body.sha256)
  if (first) {
    await deps.watch.repeated(caller.systemId, first.id)
    return { acceptance: first, repeated: true }
  }

  return prove(deps, caller, body, false, async (proved, keepDecoded) => {
    const proof = checkDeclaredKind(proved, told.declaredKind, caller.profile)
    const accepted = await acceptProved(deps, caller, told, body, proof)
    if (!accepted.repeated) await keepDecoded()
    return accepted
  })
}

/** Only what was proved and refused for good leaves evidence; what may be sent again leaves nothing. */
async function acceptProved(
  deps: AcceptDeps,
  caller: Caller,
  told: Told,
  body: ReceivedBody,
  proof: Proof,
): Promise<Accepted> {
  try {
    const refusal = refusalOf(proof)
    if (refusal) throw refusal
    const made = newDocument(caller, proof, body, told.traceparent)
    const document = { ...made, evidence: deps.kept.missing(made.evidence) }
    const accepted = await storePacket(deps, { document, body, report: reportOf(told, proof) })
    if (!accepted.repeated) deps.kept.kept(document.evidence)
    deps.bus.nudge()
    await tellWatch(deps.watch, caller, accepted, document)
    return accepted
  } catch (error) {
    if (error instanceof HubError && !error.retryable) {
      await recordRefusal(deps.database, { caller, body, proof, refusal: error })
      deps.bus.nudge()
    }
    throw error
  }
}

/** Status messages go their way unwatched. */
async function tellWatch(
  watch: ConformanceWatch,
  { systemId }: Caller,
  { acceptance: { id }, repeated }: Accepted,
  { kind, receivers }: NewDocument,
): Promise<void> {
  if (kind === 'status') return
  if (repeated) return watch.repeated(systemId, id)
  return watch.accepted(
    systemId,
    id,
    receivers.map(({ resolved }) => resolved),
  )
}

export interface Validation {
  readonly body: Pick<ReceivedBody, 'sha256' | 'sizeBytes'>
  readonly proof: Proof
  /** Every fault and warning, that of a used DocumentId included. */
  readonly findings: readonly Finding[]
}

/** The whole chain of checks without sending; nothing is stored. */
export async function validateDocument(deps: AcceptDeps, caller: Caller, submission: Submission): Promise<Validation> {
  const body = await receiveBody(deps.blobs, submission.body, deps.maxEnvelopeBytes, submission.declaredBytes)
  try {
    return await prove(deps, caller, body, true, async proof => {
      const known = await deps.lookups.acceptanceByBytes(caller.systemId, body.sha256)
      const repeat =
        known || refusalOf(proof) ? [] : await repeatFindings(deps.database, newDocument(caller, proof, body))
      return { body, proof, findings: [...proof.findings, ...repeat] }
    })
  } finally {
    await body.discard()
  }
}

/** What sending would be refused for because of an earlier packet. */
async function repeatFindings(database: Database, document: NewDocument): Promise<readonly Finding[]> {
  try {
    await decideRepeat(database, document)
    return []
  } catch (error) {
    if (error instanceof HubError && error.code === 'DOCUMENT_EXISTS') return error.findings
    throw error
  }
}

/** Proves the packet and hands the proof on; decoded files that were not kept by then are removed. */
async function prove<T>(
  deps: AcceptDeps,
  caller: Caller,
  body: ReceivedBody,
  checkAll: boolean,
  use: (proof: Proof, keepDecoded: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const { database, lookups, trust, blobs, prover, attachments, maxEnvelopeBytes, now, clock, onProved } = deps
  const startedAt = performance.now()
  const at = now()
  const options = readOptions(caller, maxEnvelopeBytes, at)
  const { spoolFolder } = blobs
  const documents = looksInside(attachments, caller, checkAll) ? 'all' : 'large'
  const found = await prover.prove({ packet: body.packet, options, spoolFolder, documents }, body.sizeBytes)
  return withDecoded(blobs, found.documents, async keepDecoded => {
    const proved = await proveEnvelope({ sql: database, lookups, trust, clock }, caller, found, body.sizeBytes, at)
    const question = { documents: found.documents, spoolFolder, at, checkAll }
    const proof = await proveAttachments(attachments, caller, proved, question)
    onProved((performance.now() - startedAt) / 1000)
    return use(proof, keepDecoded)
  })
}

function readOptions(caller: Caller, maxEnvelopeBytes: number, receivedAt: Date): ReadOptions {
  const ownLimits = caller.maxFileBytes === undefined ? {} : { maxFileBytes: caller.maxFileBytes }
  // A hub that takes larger packets takes what they hold: by default these are the 200 MiB of edXML 7.4.
  const maxUnwrappedBytes = 2 * maxEnvelopeBytes
  return { profile: caller.profile, receivedAt, limits: { maxEnvelopeBytes, maxUnwrappedBytes, ...ownLimits } }
}

function reportOf(told: Told, proof: Proof) {
  const via = told.reportOn === undefined ? ('edxml' as const) : ('json' as const)
  return { deliveryId: told.reportOn ?? proof.reportOn, via }
}

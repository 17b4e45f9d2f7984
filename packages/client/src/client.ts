import { randomUUID } from 'node:crypto'
import type { ReceiptStamp } from '@docaxis/signature'
import type {
  Acceptance,
  AckAnswer,
  AckItem,
  AckManyAnswer,
  AckResult,
  Agency,
  DocumentSummary,
  DocumentView,
  EvidenceView,
  FedReceipt,
  HubCertificate,
  InboxItem,
  OwedDeadline,
  Page,
  StatusAnswer,
  StatusReport,
  Validation,
} from './answers.ts'
import { ApiProblem } from './api-problem.ts'
import { type Downloaded, downloadEnvelope, type FetchedDelivery, type FetchOptions } from './download.ts'
import type { OpenChange, TakeBack, TakenBack, ThreadEntry, TimelineEntry, WithdrawnItem } from './life-answers.ts'
import { eachItem, eachReceipt, type FeedPage } from './paging.ts'
import type { AgencyQuery, DeadlineQuery, DocumentQuery, InboxQuery } from './queries.ts'
import {
  type Body,
  createTransport,
  postJson,
  retryAfterSeconds,
  type Transport,
  type TransportOptions,
  wait,
} from './transport.ts'
import { uploadEnvelope } from './upload/upload-envelope.ts'
import type { UploadMemory } from './upload/upload-memory.ts'
import type {
  VerifiedCertificate,
  VerifiedEnvelope,
  VerifiedPdf,
  VerifyCertificateQuery,
  VerifyQuery,
} from './verify-answers.ts'
import { createRelayCalls, createWebhooks, type RelayCalls, type Webhooks } from './webhooks.ts'

export type ClientOptions = TransportOptions

/** An edXML file: bytes in memory, or `await openAsBlob(path)` (node:fs) for one that is streamed from disk. */
export type EnvelopeSource = Uint8Array<ArrayBuffer> | Blob

export interface SendOptions {
  readonly signal?: AbortSignal
  /** Told of the bytes that the hub has, for what is sent in parts; else of those handed to the connection. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void
  /** From this size on it is sent in parts, and goes on after a break where it ended; 32 MiB unless told. */
  readonly inPartsFromBytes?: number
  /** Where unfinished parts are remembered, so that a later process goes on too: `fileUploadMemory(folder)`. */
  readonly memory?: UploadMemory
}

const usualInPartsFromBytes = 32 * 1024 * 1024

export interface Sent extends Acceptance {
  /** The hub had these bytes before; this is its first answer again. */
  readonly repeated: boolean
}

/** A signed receipt as the hub issued it: evidence, so kept as bytes. */
export interface Receipt {
  readonly id: string
  readonly xml: Uint8Array<ArrayBuffer>
}

/** What an e-office system does at the hub. Every call may throw ApiProblem or HubUnreachable. */
export interface Client {
  /** Sends one edXML file. Safe to repeat: the same bytes get the first answer. */
  send(envelope: EnvelopeSource, options?: SendOptions): Promise<Sent>
  /** The whole chain of checks without sending. */
  validate(envelope: EnvelopeSource): Promise<Validation>
  document(id: string): Promise<DocumentView>
  /** Verdicts on a document and what they rest on, for its parties. */
  evidence(id: string): Promise<EvidenceView>
  /** One certificate, list, response or token of `evidence(id).items`, in DER. */
  evidencePiece(id: string, sha256: string): Promise<Uint8Array<ArrayBuffer>>
  /** What the caller's agencies sent, or one of them took, newest first; the codes may be those of agencies they followed. */
  documents(query?: DocumentQuery): AsyncIterable<DocumentSummary>
  /** Writes a document of the caller's to a file, byte for byte as it was sent. */
  fetchDocument(id: string, file: string, options?: FetchOptions): Promise<Downloaded>
  /** What happened to a document, in order. */
  timeline(id: string): Promise<readonly TimelineEntry[]>
  /** Takes a document back: withdrawn where nobody has fetched it, asked for elsewhere. */
  takeBack(id: string, wish: TakeBack): Promise<readonly TakenBack[]>
  /** What hangs together with a document by replies and replacements, oldest first. */
  thread(id: string): Promise<readonly ThreadEntry[]>
  /** What waits for the caller's agencies, urgent first. Poll from the start; `after` only pages one listing. */
  inbox(query?: InboxQuery): AsyncIterable<InboxItem>
  /** Deadlines that have passed or come near, the earliest first. */
  deadlines(query?: DeadlineQuery): AsyncIterable<OwedDeadline>
  /** What was in the inbox and was withdrawn by its sender, newest first; no content. */
  withdrawn(query?: Pick<InboxQuery, 'agency'>): AsyncIterable<WithdrawnItem>
  /** Wishes to take back, update or revoke without an answer: what you owe as `receiver`, wait for as `sender`. */
  changes(query?: { readonly role?: 'receiver' | 'sender'; readonly agency?: string }): AsyncIterable<OpenChange>
  /** Writes a delivery to a file, byte for byte as its sender sent it, and goes on where an earlier try broke off. */
  fetchDelivery(deliveryId: string, file: string, options?: FetchOptions): Promise<FetchedDelivery>
  /** The delivery is stored at the receiver, or could not be. */
  ack(deliveryId: string, result?: AckResult): Promise<AckAnswer>
  /** Up to 500 at once. */
  ackMany(items: readonly AckItem[]): Promise<AckManyAnswer>
  /** Reports a business state (edXML 6.2); the hub builds the status message to the sender. */
  status(deliveryId: string, report: StatusReport): Promise<StatusAnswer>
  /** The feed of receipts from `after` (exclusive) to now. */
  receipts(after?: string): AsyncIterable<FedReceipt>
  /** Waits, up to `waitMs` (30 s unless told), for a receipt that is not signed yet. */
  receipt(id: string, options?: { readonly waitMs?: number; readonly signal?: AbortSignal }): Promise<Receipt>
  /** The time stamp of a receipt, as JSON to be kept; undefined while it waits for it. */
  receiptStamp(id: string): Promise<ReceiptStamp | undefined>
  /** Certificates that receipts verify against, newest first; earlier ones too. */
  hubCertificates(): Promise<readonly HubCertificate[]>
  agencies(query?: AgencyQuery): AsyncIterable<Agency>
  agency(code: string): Promise<Agency>
  /** Members of a group of agencies. */
  group(id: string): AsyncIterable<Agency>
  /** @param certificate DER, or PEM with the certificate first; others behind it may lead to its issuer */
  verifyCertificate(certificate: EnvelopeSource, query?: VerifyCertificateQuery): Promise<VerifiedCertificate>
  verifyEnvelope(envelope: EnvelopeSource, query?: VerifyQuery): Promise<VerifiedEnvelope>
  verifyPdf(pdf: EnvelopeSource, query?: VerifyQuery): Promise<VerifiedPdf>
  /** Where the system is told what waits for it. */
  readonly webhooks: Webhooks
  /** For a system that nobody outside can call: it comes and asks. */
  readonly relay: RelayCalls
}

export function createClient(options: ClientOptions): Client {
  const transport = createTransport(options)
  const list = <T>(path: string, query: Readonly<Record<string, string | number | undefined>>, after?: string) =>
    eachItem<T>(cursor => transport.json<Page<T>>({ path, query: { ...query, after: cursor } }), after)

  return {
    send: (envelope, sendOptions) => send(transport, envelope, sendOptions),
    validate: envelope => transport.json(postFile('/documents/validate', envelope)),
    document: id => transport.json({ path: `/documents/${encodeURIComponent(id)}` }),
    evidence: id => transport.json({ path: documentPath(id, 'evidence') }),
    evidencePiece: async (id, sha256) => {
      const response = await transport.send({ path: documentPath(id, `evidence/${encodeURIComponent(sha256)}`) })
      return new Uint8Array(await response.arrayBuffer())
    },
    documents: (query = {}) => list('/documents', { ...query }),
    fetchDocument: (id, file, fetchOptions) =>
      downloadEnvelope(transport, { path: documentPath(id, 'envelope'), name: `document ${id}` }, file, fetchOptions),
    timeline: async id =>
      (await transport.json<{ items: readonly TimelineEntry[] }>({ path: documentPath(id, 'timeline') })).items,
    takeBack: (id, wish) => takeBack(transport, id, wish),
    thread: async id => (await transport.json<{ items: ThreadEntry[] }>({ path: documentPath(id, 'thread') })).items,
    withdrawn: (query = {}) => list('/inbox/withdrawn', { ...query }),
    changes: (query = {}) => list('/changes', { ...query }),
    inbox: ({ after, ...query } = {}) => list('/inbox', { ...query }, after),
    deadlines: (query = {}) => list('/deadlines', { ...query }),
    fetchDelivery: async (deliveryId, file, fetchOptions) => {
      const source = { path: deliveryPath(deliveryId, 'envelope'), name: `delivery ${deliveryId}` }
      return { deliveryId, ...(await downloadEnvelope(transport, source, file, fetchOptions)) }
    },
    ack: (id, result = { result: 'stored' }) => transport.json(postJson(deliveryPath(id, 'ack'), result)),
    ackMany: items => transport.json(postJson('/deliveries/ack', { items })),
    status: (id, report) => reportStatus(transport, id, report),
    receipts: after =>
      eachReceipt(cursor => transport.json<FeedPage>({ path: '/receipts', query: { after: cursor } }), after),
    receipt: (id, receiptOptions) => waitForReceipt(transport, id, receiptOptions),
    receiptStamp: id => findStamp(transport, id),
    hubCertificates: async () =>
      (await transport.json<{ items: readonly HubCertificate[] }>({ path: '/hub/certificates' })).items,
    agencies: (query = {}) => list('/agencies', { ...query }),
    agency: code => transport.json({ path: `/agencies/${encodeURIComponent(code)}` }),
    group: id => list(`/groups/${encodeURIComponent(id)}`, {}),
    verifyCertificate: (certificate, query = {}) =>
      transport.json({
        ...postFile('/verify/certificate', certificate, 'application/octet-stream'),
        query: { ...query },
      }),
    verifyEnvelope: (envelope, query = {}) =>
      transport.json({ ...postFile('/verify/envelope', envelope), query: { ...query } }),
    verifyPdf: (pdf, query = {}) =>
      transport.json({ ...postFile('/verify/pdf', pdf, 'application/pdf'), query: { ...query } }),
    webhooks: createWebhooks(transport),
    relay: createRelayCalls(transport),
  }
}

async function send(transport: Transport, envelope: EnvelopeSource, options: SendOptions = {}): Promise<Sent> {
  const { inPartsFromBytes = usualInPartsFromBytes } = options
  const blob = blobOf(envelope)
  const response = await (blob.size >= inPartsFromBytes
    ? uploadEnvelope(transport, blob, options)
    : sendWhole(transport, blob, options))
  return { ...((await response.json()) as Acceptance), repeated: response.status === 200 }
}

function sendWhole(transport: Transport, blob: Blob, { onProgress, signal }: SendOptions): Promise<Response> {
  const call = { ...postFile('/documents', blob), ...(signal && { signal }) }
  return transport.send(onProgress ? { ...call, body: () => counted(blob, onProgress) } : call)
}

function reportStatus(transport: Transport, deliveryId: string, report: StatusReport): Promise<StatusAnswer> {
  const { idempotencyKey = randomUUID(), ...body } = report
  const call = postJson(deliveryPath(deliveryId, 'status'), body)
  return transport.json({ ...call, headers: { ...call.headers, 'idempotency-key': idempotencyKey } })
}

async function takeBack(transport: Transport, id: string, wish: TakeBack): Promise<readonly TakenBack[]> {
  const { idempotencyKey = randomUUID(), ...body } = wish
  const call = postJson(documentPath(id, 'take-back'), body)
  const headers = { ...call.headers, 'idempotency-key': idempotencyKey }
  return (await transport.json<{ items: readonly TakenBack[] }>({ ...call, headers })).items
}

async function waitForReceipt(
  transport: Transport,
  id: string,
  options: { readonly waitMs?: number; readonly signal?: AbortSignal } = {},
): Promise<Receipt> {
  const until = performance.now() + (options.waitMs ?? 30_000)
  for (;;) {
    const response = await transport.send({ path: `/receipts/${encodeURIComponent(id)}`, ...options })
    if (response.status !== 202) return { id, xml: new Uint8Array(await response.arrayBuffer()) }
    await response.body?.cancel()
    const pauseMs = (retryAfterSeconds(response.headers) ?? 1) * 1000
    if (performance.now() + pauseMs > until) {
      throw new ApiProblem(503, { title: 'The receipt is not signed yet', detail: `receipt ${id} is not signed yet` })
    }
    await wait(pauseMs, options.signal)
  }
}

async function findStamp(transport: Transport, id: string): Promise<ReceiptStamp | undefined> {
  const response = await transport.send({ path: `/receipts/${encodeURIComponent(id)}/stamp` })
  const answer = await response.json()
  return response.status === 202 ? undefined : (answer as ReceiptStamp)
}

const documentPath = (id: string, part: string): string => `/documents/${encodeURIComponent(id)}/${part}`

const deliveryPath = (id: string, verb: string): string => `/deliveries/${encodeURIComponent(id)}/${verb}`

function postFile(path: string, file: EnvelopeSource, contentType = 'application/xml') {
  // A Blob's own type would be sent as Content-Type only where none is set.
  return { method: 'POST', path, headers: { 'content-type': contentType }, body: (): Body => blobOf(file) } as const
}

function blobOf(file: EnvelopeSource): Blob {
  return file instanceof Blob ? file : new Blob([file])
}

function counted(blob: Blob, onProgress: (doneBytes: number, totalBytes: number) => void): ReadableStream {
  let doneBytes = 0
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      doneBytes += chunk.length
      onProgress(doneBytes, blob.size)
      controller.enqueue(chunk)
    },
  })
  return blob.stream().pipeThrough(counter)
}

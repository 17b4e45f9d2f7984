import { Readable } from 'node:stream'
import { vxpKitMaxBytes } from '@docaxis/directory'
import { markAllFetched, type VxpPacket } from '@docaxis/store'
import type { ByteRange } from '../../mailbox/byte-range.ts'
import { openEnvelope, sendEnvelope } from '../../mailbox/send-envelope.ts'
import { jsonType } from '../answer.ts'
import { VxpRefusal } from '../refusal.ts'
import type { Operation, OperationContext } from './operation.ts'
import { closedPacket, findPacket, readablePacket } from './packet.ts'

/** An acknowledged packet may be read again; one that was withdrawn, expired or given up may not. */
const handsOver: ReadonlySet<string> = new Set(['available', 'fetched', 'acknowledged'])

const docIdHeaders = ['docId', 'docid'] as const

/** The whole file as Base64 in JSON. */
export const getEdoc: Operation = {
  name: 'getEdoc',
  method: 'POST',
  // `filePath` names a folder of the client's own.
  reads: docIdHeaders,
  run: async context => {
    const packet = await openPacket(context)
    const { sizeBytes } = packet
    if (sizeBytes > vxpKitMaxBytes) throw new VxpRefusal('file-too-large', { sizeBytes, maxBytes: vxpKitMaxBytes })
    const content = await openEnvelope(context.gateway.blobs, packet)
    await markFetched(context, packet, { start: 0, end: sizeBytes - 1 })

    const base64Bytes = 4 * Math.ceil(sizeBytes / 3)
    context.reply.header('content-type', jsonType).header('cache-control', 'private, no-store')
    context.reply.header('content-length', before.length + base64Bytes + after.length)
    await context.reply.send(Readable.from(wrapped(await content.body()), { objectMode: false }))
    return undefined
  },
}

/** The file itself. */
export const downloadEdoc: Operation = {
  name: 'downloadEdoc',
  method: 'GET',
  reads: docIdHeaders,
  run: async context => {
    const { gateway, request, reply } = context
    const packet = await openPacket(context)
    const envelope = { id: packet.named, sha256: packet.sha256, sizeBytes: packet.sizeBytes }
    await sendEnvelope(gateway.blobs, request, reply, envelope, part => markFetched(context, packet, part))
    return undefined
  },
}

async function openPacket({ gateway, request, proved }: OperationContext): Promise<VxpPacket> {
  const packet = await findPacket(gateway, request, proved, docIdHeaders, readablePacket)
  if (!packet.deliveries.some(({ state }) => handsOver.has(state))) throw closedPacket(packet)
  return packet
}

/**
 * Committed before the first byte leaves: one download for every agency behind the system. Who reads what a closed agency
 * had received leaves no mark on it.
 */
async function markFetched(context: OperationContext, packet: VxpPacket, part: ByteRange): Promise<void> {
  const { gateway, proved, reply } = context
  const { agencies, systemId } = proved.caller
  if (!packet.deliveries.some(({ receiver }) => agencies.includes(receiver))) return
  const deliveryIds = packet.deliveries.map(({ id }) => id)
  const results = await gateway.database.transaction(tx =>
    markAllFetched(tx, {
      deliveryIds,
      agencies,
      systemId,
      leaseMs: gateway.settings.leaseMs,
      sparePauses: true,
    }),
  )
  const found = [...results.values()]
  if (found.some(({ result }) => result === 'fetched' || result === 'acknowledged')) {
    return gateway.accept.watch.downloading(reply.raw, systemId, deliveryIds, part)
  }
  // It was closed since it was looked up: the sender took it back at the same moment, and was first.
  const conflict = found.find(found => found.result === 'conflict')
  throw conflict ? new VxpRefusal('document-closed', { state: conflict.state }) : closedPacket(packet)
}

const before = Buffer.from('{"status":"OK","ErrorCode":"0","ErrorDesc":"Thành công","data":"')
const after = Buffer.from('"}')

async function* wrapped(body: Buffer | Readable): AsyncGenerator<Buffer | string> {
  yield before
  yield* base64Of(body instanceof Readable ? body : [body])
  yield after
}

/** Base64 in pieces: bytes are encoded in threes, so what is left over waits for the next chunk. */
async function* base64Of(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % 3)
    if (whole > 0) yield bytes.toString('base64', 0, whole)
    rest = bytes.subarray(whole)
  }
  if (rest.length > 0) yield rest.toString('base64')
}

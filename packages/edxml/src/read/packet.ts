import type { Dialect, DocumentEnvelope, Envelope } from '../model.ts'
import type { XmlElement } from '../packet/element.ts'
import type { EnvelopeLimits } from '../reading.ts'
import { readAttachments } from './attachments.ts'
import { Block, type BlockShape, blockShape, childrenNamed, type ReadContext } from './block.ts'
import { readDocumentHeader } from './document-header.ts'
import { readStatus } from './status.ts'
import { readTrace } from './trace.ts'

const rootShape = blockShape(['edXMLEnvelope', 'AttachmentEncoded'])
const envelopeShape = blockShape(['edXMLHeader', 'edXMLBody'])
const headerShape = blockShape(['MessageHeader', 'TraceHeaderList', 'Signature', 'DigitalSignature', 'ErrorList'])

/** The packet's blocks, whichever kind of message it is. */
interface Blocks {
  readonly root: Block
  readonly envelope: Block
  readonly header: Block
  readonly messageHeader: XmlElement
}

/** Reads the model out of a packet of a known dialect; undefined where it lacks what a model must have. */
export function readPacket(context: ReadContext, dialect: Dialect, limits: EnvelopeLimits): Envelope | undefined {
  const blocks = readBlocks(context)
  if (blocks === undefined) return undefined
  const status = childrenNamed(blocks.messageHeader, 'StatusCode')[0]
  const hasBody = blocks.envelope.child('edXMLBody') !== undefined
  if (status === undefined || hasBody) {
    if (status !== undefined && blocks.envelope.element !== undefined) reportBoth(context, status)
    return readDocument(context, blocks, dialect, limits)
  }
  const stray = blocks.root.child('AttachmentEncoded')
  if (stray !== undefined) context.findings.at(stray, 'M', 'S')
  const trace = blocks.header.child('TraceHeaderList')
  if (trace !== undefined) context.findings.at(trace, 'M', 'W')
  return readStatus(context, blocks.messageHeader, dialect)
}

function reportBoth(context: ReadContext, status: XmlElement): void {
  if (status.contentStart < status.contentEnd) context.findings.at(status, 'M', 'E')
}

function readBlocks(context: ReadContext): Blocks | undefined {
  const root = Block.of(context, context.packet.root, rootShape)
  const envelope = required(context, root, 'edXMLEnvelope', envelopeShape)
  const header = envelope && required(context, envelope, 'edXMLHeader', headerShape)
  const messageHeader = header?.child('MessageHeader')
  if (header?.element !== undefined && messageHeader === undefined) {
    context.findings.missingBlock(header.element, 'MessageHeader', 'E')
  }
  return envelope && header && messageHeader && { root, envelope, header, messageHeader }
}

function required(context: ReadContext, parent: Block, name: string, shape: BlockShape): Block | undefined {
  const block = parent.block(name, shape)
  if (block.element !== undefined) return block
  if (parent.element !== undefined) context.findings.missingBlock(parent.element, name, 'E')
  return undefined
}

function readDocument(
  context: ReadContext,
  { root, envelope, header, messageHeader }: Blocks,
  dialect: Dialect,
  limits: EnvelopeLimits,
): DocumentEnvelope | undefined {
  const values = readDocumentHeader(context, messageHeader, dialect, limits.maxReceivers)
  const { sender, documentId } = values
  const trace = readTrace(context, header, documentId)
  const attachments = readAttachments(context, root, envelope, trace.action, limits)
  if (sender === undefined || documentId === undefined || values.receivers.length === 0) return undefined
  return {
    ...values,
    sender,
    documentId,
    hops: trace.hops,
    action: trace.action,
    replaces: trace.replaces,
    reason: trace.reason,
    target: trace.target,
    paperFollows: trace.paperFollows,
    staff: trace.staff,
    update: trace.update,
    attachments,
  }
}

import type { DocumentAction, DocumentEnvelope, Hop, Replacement, UpdateInfo } from '../model.ts'
import type { XmlElement } from '../packet/element.ts'
import { actions } from '../wire.ts'
import { agencyCodeValue, Block, blockShape, type ReadContext } from './block.ts'
import { readStaff, staffShape } from './parties.ts'

const traceShape = blockShape(['Bussiness'], ['TraceHeader'])
const hopShape = blockShape(['OrganId', 'Timestamp'])
const businessShape = blockShape([
  'DocumentId',
  'BussinessDocType',
  'BussinessDocReason',
  'Paper',
  'BussinessDocumentInfo',
  'ReplacementInfoList',
  'StaffInfo',
])
const updateShape = blockShape(['DocumentInfo', 'DocumentReceiver', 'ReceiverList'])
const receiversShape = blockShape([], ['Receiver'])
const receiverShape = blockShape(['OrganId', 'ReceiverType'])
const replacementsShape = blockShape([], ['ReplacementInfo'])
const replacementShape = blockShape(['DocumentId', 'OrganIdList'])
const agencyCodesShape = blockShape([], ['OrganId'])

/** TraceHeaderList with its Bussiness block (edXML 4.2). */
export type Trace = Pick<
  DocumentEnvelope,
  'hops' | 'action' | 'reason' | 'target' | 'paperFollows' | 'staff' | 'update' | 'replaces'
>

const untraced: Trace = { hops: [], action: 'new', replaces: [] }

/**
 * @param documentId the packet's own: the target of a revocation or update that names none
 */
export function readTrace(context: ReadContext, header: Block, documentId: string | undefined): Trace {
  const element = header.child('TraceHeaderList')
  if (element === undefined) {
    if (header.element !== undefined) context.findings.missingBlock(header.element, 'TraceHeaderList', 'S')
    return untraced
  }
  const list = Block.of(context, element, traceShape)
  const hops = list.all('TraceHeader').map(hop => readHop(context, hop))
  if (hops.length === 0) list.missing('TraceHeader', 'S')
  const business = list.child('Bussiness')
  return { ...untraced, ...(business && readBusiness(context, business, documentId)), hops }
}

function readHop(context: ReadContext, element: XmlElement): Hop {
  const block = Block.of(context, element, hopShape)
  return { agencyCode: block.agencyCode('OrganId', 'W'), at: block.instant('Timestamp', 'W') }
}

function readBusiness(context: ReadContext, element: XmlElement, documentId: string | undefined): Omit<Trace, 'hops'> {
  const block = Block.of(context, element, businessShape)
  const action = readAction(context, block)
  const named = block.identifier('DocumentId', { max: 200 })
  return {
    action,
    reason: block.text('BussinessDocReason', { max: 500, missing: action === 'new' ? '-' : 'S' }),
    target: targetOf(action, named, documentId),
    paperFollows: block.flag('Paper'),
    staff: readStaff(block.block('StaffInfo', staffShape)),
    update: action === 'update' ? readUpdate(context, block) : undefined,
    replaces: action === 'replace' ? readReplacements(context, block, documentId) : [],
  }
}

function readAction(context: ReadContext, block: Block): DocumentAction {
  const number = block.integer('BussinessDocType', { missing: 'S' })
  if (number === undefined) return 'new'
  const action = actions[number]
  const element = block.child('BussinessDocType')
  if (action === undefined && element !== undefined) context.findings.at(element, 'R', 'E')
  return action ?? 'new'
}

/** An update or revocation without a target means the packet's own DocumentId (edXML 9.1). */
function targetOf(action: DocumentAction, named: string | undefined, own: string | undefined): string | undefined {
  return action === 'update' || action === 'revoke' ? (named ?? own) : undefined
}

function readUpdate(context: ReadContext, business: Block): UpdateInfo | undefined {
  const block = business.block('BussinessDocumentInfo', updateShape)
  if (block.element === undefined) return undefined
  const receivers = block.block('ReceiverList', receiversShape).all('Receiver')
  return {
    documentChanges: block.flag('DocumentInfo') ?? false,
    receiversChange: block.flag('DocumentReceiver') ?? false,
    receivers: receivers.flatMap(element => {
      const receiver = Block.of(context, element, receiverShape)
      const agencyCode = receiver.agencyCode('OrganId')
      return agencyCode === undefined ? [] : [{ agencyCode, type: typeOf(receiver) }]
    }),
  }
}

/** `0` or `1`, kept as written: which of them adds is not known. */
function typeOf(receiver: Block): string | undefined {
  return receiver.flag('ReceiverType') === undefined ? undefined : receiver.text('ReceiverType')
}

/** Equal entries are merged (oddity 30). */
function readReplacements(context: ReadContext, business: Block, documentId: string | undefined): Replacement[] {
  const elements = business.block('ReplacementInfoList', replacementsShape).all('ReplacementInfo')
  if (elements.length === 0) business.missing('ReplacementInfoList', 'S')
  const merged = new Map<string, Replacement>()
  for (const element of elements) {
    const replacement = readReplacement(context, element, documentId)
    if (replacement !== undefined) merged.set(JSON.stringify(replacement), replacement)
  }
  return [...merged.values()]
}

function readReplacement(context: ReadContext, element: XmlElement, own: string | undefined): Replacement | undefined {
  const block = Block.of(context, element, replacementShape)
  const documentId = block.identifier('DocumentId', { max: 200, missing: 'E' })
  const target = block.child('DocumentId')
  if (documentId !== undefined && documentId === own && target !== undefined) context.findings.at(target, 'M', 'E')
  const list = block.block('OrganIdList', agencyCodesShape)
  const agencyCodes = list.all('OrganId').flatMap(code => agencyCodeValue(context, code) ?? [])
  if (agencyCodes.length === 0) list.missing('OrganId', 'W')
  return documentId === undefined ? undefined : { documentId, agencyCodes }
}

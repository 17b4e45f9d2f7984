import type { Dialect, DocumentEnvelope, Party } from '../model.ts'
import type { XmlElement } from '../packet/element.ts'
import { Block, blockShape, childrenNamed, type ReadContext } from './block.ts'
import { vietnamDay } from './dates.ts'
import { contradicts } from './document-id.ts'
import { readParty, readReplyLink } from './parties.ts'
import type { Trace } from './trace.ts'

const headerShape = blockShape(
  [
    'From',
    'DocumentId',
    'Code',
    'PromulgationInfo',
    'DocumentType',
    'Subject',
    'Content',
    'SignerInfo',
    'DueDate',
    'ToPlaces',
    'OtherInfo',
    'SteeringType',
    'ResponseForTask',
    'ApplicationType',
    'StatusCode',
  ],
  ['To', 'ResponseFor'],
)
const otherInfoShape = blockShape([
  'Priority',
  'SphereOfPromulgation',
  'TyperNotation',
  'PromulgationAmount',
  'PageAmount',
  'Direction',
  'Appendixes',
  'ReplyFors',
  'ReferenceCodes',
])
const codeShape = blockShape(['CodeNumber', 'CodeNotation'])
const issueShape = blockShape(['Place', 'PromulgationDate'])
const typeShape = blockShape(['Type', 'TypeDetail', 'TypeName'])
const signerShape = blockShape(['Competence', 'Position', 'FullName'])
const placesShape = blockShape([], ['Place'])
const tasksShape = blockShape([], ['TaskCode'])
const appendicesShape = blockShape([], ['Appendix'])
const absentShape = blockShape([])
const maxCount = 65_535

/** A document as its MessageHeader has it (edXML 4.1); two values that a model must have may still be absent. */
export type DocumentHeader = Partial<Pick<DocumentEnvelope, 'sender' | 'documentId'>> &
  Omit<DocumentEnvelope, 'sender' | 'documentId' | 'attachments' | keyof Trace>

export function readDocumentHeader(
  context: ReadContext,
  element: XmlElement,
  dialect: Dialect,
  maxReceivers: number,
): DocumentHeader {
  const block = Block.of(context, element, headerShape)
  const sender = readSender(context, block)
  const receivers = readReceivers(context, block, sender, maxReceivers)
  const documentId = block.identifier('DocumentId', { max: 200, missing: 'E' })
  const code = readCode(block)
  const issue = readIssue(block)
  const other = readOtherInfo(block)
  // Field by field: an object into which others are spread is many times as dear to make.
  const header: DocumentHeader = {
    kind: 'document',
    dialect,
    sender,
    documentId,
    receivers,
    code,
    issuedAt: issue.issuedAt,
    issuedOn: issue.issuedOn,
    documentType: readType(block),
    subject: block.text('Subject', { max: 500, missing: 'S' }),
    content: block.text('Content', { max: 500 }),
    signer: readSigner(block),
    dueOn: block.day('DueDate'),
    recipientLines: block.block('ToPlaces', placesShape).texts('Place', 150),
    priority: other.priority,
    scope: other.scope,
    typist: other.typist,
    copies: other.copies,
    pages: other.pages,
    direction: other.direction,
    appendices: other.appendices,
    repliesTo: block.all('ResponseFor').flatMap(link => readReplyLink(context, link) ?? []),
    steeringType: block.integer('SteeringType'),
    taskCodes: block.block('ResponseForTask', tasksShape).texts('TaskCode', 100),
    applicationType: block.text('ApplicationType', { max: 50 }),
  }
  checkDates(context, block, header)
  const idElement = block.child('DocumentId')
  if (idElement !== undefined && contradicts(header)) context.findings.at(idElement, 'M', 'W')
  return header
}

export function readSender(context: ReadContext, block: Block): Party | undefined {
  const from = block.child('From')
  if (from !== undefined) return readParty(context, from)
  block.block('From', absentShape).missing('OrganId', 'E')
  return undefined
}

/** One party per receiving agency: the same code twice is one delivery. */
function readReceivers(context: ReadContext, block: Block, sender: Party | undefined, max: number): Party[] {
  const elements = block.all('To')
  const [first] = elements
  if (first === undefined) block.missing('To', 'E')
  if (first !== undefined && elements.length > max) {
    context.findings.at(first, 'R', 'E', { max, receivers: elements.length })
    return []
  }
  const receivers = new Map<string, Party>()
  for (const element of elements) {
    const party = readParty(context, element)
    if (party === undefined) continue
    const { agencyCode } = party
    if (agencyCode === sender?.agencyCode)
      context.findings.custom(element, 'M.MessageHeader.To.Sender', 'W', { agencyCode })
    if (receivers.has(agencyCode)) context.findings.custom(element, 'M.MessageHeader.To.OrganId', 'S', { agencyCode })
    else receivers.set(agencyCode, party)
  }
  return [...receivers.values()]
}

function readCode(header: Block): DocumentEnvelope['code'] {
  const block = header.block('Code', codeShape)
  const number = block.text('CodeNumber', { max: 11, missing: 'S' })
  const notation = block.text('CodeNotation', { max: 30, missing: 'S' })
  return number === undefined && notation === undefined ? undefined : { number, notation }
}

function readIssue(header: Block): Pick<DocumentEnvelope, 'issuedAt' | 'issuedOn'> {
  const block = header.block('PromulgationInfo', issueShape)
  return { issuedAt: block.text('Place', { max: 50 }), issuedOn: block.day('PromulgationDate', 'S') }
}

function readType(header: Block): DocumentEnvelope['documentType'] {
  const block = header.block('DocumentType', typeShape)
  const type = block.integer('Type', { missing: 'S' })
  const typeDetail = block.integer('TypeDetail')
  const name = block.text('TypeName', { max: 100, missing: 'S' })
  return block.element === undefined ? undefined : { type, typeDetail, name }
}

function readSigner(header: Block): DocumentEnvelope['signer'] {
  const block = header.block('SignerInfo', signerShape)
  const capacity = block.text('Competence', { max: 100 })
  const position = block.text('Position', { max: 100 })
  const fullName = block.text('FullName', { max: 100, missing: 'W' })
  return (capacity ?? position ?? fullName) === undefined ? undefined : { capacity, position, fullName }
}

function readOtherInfo(header: Block) {
  const block = header.block('OtherInfo', otherInfoShape)
  return {
    priority: asPriority(block.integer('Priority', { min: 0, max: 4 })),
    scope: block.text('SphereOfPromulgation', { max: 100 }),
    typist: block.text('TyperNotation', { max: 10 }),
    copies: block.integer('PromulgationAmount', { min: 0, max: maxCount }),
    pages: block.integer('PageAmount', { min: 0, max: maxCount }),
    direction: block.flag('Direction', { words: true }),
    appendices: block.block('Appendixes', appendicesShape).texts('Appendix', 500),
  }
}

function asPriority(value: number | undefined): DocumentEnvelope['priority'] {
  return value === 1 || value === 2 || value === 3 || value === 4 ? value : 0
}

function checkDates(context: ReadContext, block: Block, { issuedOn, dueOn }: DocumentHeader): void {
  if (issuedOn === undefined) return
  const info = block.child('PromulgationInfo')
  const [issue] = info === undefined ? [] : childrenNamed(info, 'PromulgationDate')
  if (issue !== undefined && issuedOn > vietnamDay(context.receivedAt)) context.findings.at(issue, 'R', 'S')
  const due = block.child('DueDate')
  if (due !== undefined && dueOn !== undefined && dueOn < issuedOn) context.findings.at(due, 'R', 'W')
}

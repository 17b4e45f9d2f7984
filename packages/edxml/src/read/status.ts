import type { Dialect, StatusEnvelope } from '../model.ts'
import type { XmlElement } from '../packet/element.ts'
import { Block, blockShape, type ReadContext } from './block.ts'
import { readSender } from './document-header.ts'
import { contradicts } from './document-id.ts'
import { readStaff, staffShape } from './parties.ts'

const statusShape = blockShape(['From', 'ResponseFor', 'StaffInfo', 'StatusCode', 'Description', 'Timestamp'])
const answeredShape = blockShape(['OrganId', 'Code', 'DocumentId', 'PromulgationDate'])
const knownCodes = new Set(['01', '02', '03', '04', '05', '06', '13', '15', '16'])
/** Refusal, take-back and refused change need a reason (edXML 8). */
const codesWithReason = new Set(['02', '13', '16'])

/** MessageHeader of a status message (edXML 8); undefined when one of the four values is absent that a model needs. */
export function readStatus(context: ReadContext, element: XmlElement, dialect: Dialect): StatusEnvelope | undefined {
  const block = Block.of(context, element, statusShape)
  const sender = readSender(context, block)
  const answered = block.block('ResponseFor', answeredShape)
  const receiverCode = answered.agencyCode('OrganId', 'E')
  const documentId = answered.identifier('DocumentId', { max: 200, missing: 'E' })
  const code = answered.text('Code', { max: 45, missing: 'S' })
  const issuedOn = answered.day('PromulgationDate', 'W')
  const statusCode = readStatusCode(context, block)
  const reasonNeeded = statusCode !== undefined && codesWithReason.has(statusCode)
  const values = {
    code,
    issuedOn,
    reason: block.text('Description', { max: 500, missing: reasonNeeded ? 'S' : '-' }),
    staff: readStaff(block.block('StaffInfo', staffShape)),
    reportedAt: block.instant('Timestamp', 'S'),
  }
  const absent = sender === undefined || receiverCode === undefined
  if (absent || documentId === undefined || statusCode === undefined) return undefined
  const status: StatusEnvelope = { kind: 'status', dialect, sender, receiverCode, documentId, statusCode, ...values }
  checkAgainstDocument(context, block, answered, status)
  return status
}

function readStatusCode(context: ReadContext, block: Block): string | undefined {
  const text = block.identifier('StatusCode', { missing: 'E' })
  const element = block.child('StatusCode')
  if (text === undefined || element === undefined) return undefined
  if (/^[1-9]$/.test(text) && knownCodes.has(`0${text}`)) {
    context.findings.at(element, 'T', 'W')
    return `0${text}`
  }
  if (!knownCodes.has(text)) context.findings.at(element, 'R', 'S')
  return text
}

/** Contradictions that the kits write by themselves: warnings only (edXML 5). */
function checkAgainstDocument(context: ReadContext, block: Block, answered: Block, status: StatusEnvelope): void {
  const { statusCode, sender, receiverCode, issuedOn, documentId, reportedAt } = status
  const owner = statusCode === '13' ? sender.agencyCode : receiverCode
  const [number, ...rest] = (status.code ?? '').split('/')
  const code = status.code === undefined ? undefined : { number, notation: rest.join('/') }
  const id = answered.child('DocumentId')
  if (id !== undefined && contradicts({ documentId, sender: { agencyCode: owner }, issuedOn, code })) {
    context.findings.at(id, 'M', 'W')
  }
  const time = block.child('Timestamp')
  const earliest = issuedOn === undefined ? undefined : Date.parse(`${issuedOn}T00:00:00+07:00`)
  if (time !== undefined && reportedAt !== undefined && earliest !== undefined && Date.parse(reportedAt) < earliest) {
    context.findings.at(time, 'R', 'W')
  }
}

import { below, chance, pick, type Random } from '../random.ts'
import { qcvn, xlink } from './namespace-names.ts'
import { words } from './pools/characters.ts'
import { type ElementNode, elementsOf, type Node } from './tree.ts'

const element = elementsOf(qcvn)
type Maybe = readonly Node[]

/** A small document or status message of D1 or D1n (edXML 2 and 4) from G99; a Signature comes last in its header. */
export function envelopeTree(random: Random, ...signature: readonly ElementNode[]): ElementNode {
  const isStatus = chance(random, 0.1)
  const netKit = chance(random, 0.2)
  const ids = Array.from(
    { length: isStatus ? 0 : below(random, 3) },
    (_, index) => `cid:${index}-${below(random, 1e6)}`,
  )
  const header = isStatus
    ? [statusHeader(random), ...signature]
    : [documentHeader(random, ids), trace(random, netKit), ...signature]
  const body = element('edXMLBody', [
    element(
      'edXMLManifest',
      ids.map(id => reference(id, netKit)),
      { version: '1.0' },
    ),
  ])
  const envelope = element('edXMLEnvelope', [element('edXMLHeader', header), ...(isStatus ? [] : [body])])
  const attachments =
    ids.length === 0
      ? []
      : [
          element(
            'AttachmentEncoded',
            ids.map(id => attachment(random, id)),
          ),
        ]
  return element('edXML', [envelope, ...attachments])
}

function documentHeader(random: Random, ids: readonly string[]): ElementNode {
  const receivers = Array.from({ length: 1 + below(random, 2) }, (_, index) => agency('To', `H${index + 10}`, random))
  return element('MessageHeader', [
    agency('From', 'G99', random),
    ...receivers,
    element('DocumentId', [`G99,2030/01/15,${below(random, 1e6)}`]),
    element('Code', [element('CodeNumber', ['12']), element('CodeNotation', [pick(random, ['CV-VP', 'QĐ-UBND'])])]),
    element('PromulgationInfo', [element('PromulgationDate', ['2030/01/15'])]),
    element('DocumentType', [element('Type', ['2']), element('TypeName', ['Công văn'])]),
    element('Subject', [`${ids.length} tệp ${pick(random, words)}`]),
    ...optional(random, 'Content'),
    ...optional(random, 'DueDate'),
  ])
}

function statusHeader(random: Random): ElementNode {
  return element('MessageHeader', [
    agency('From', 'G99', random),
    element('ResponseFor', [
      element('OrganId', ['H10']),
      element('Code', ['12/CV-VP']),
      element('DocumentId', ['H10,2030/01/14,1']),
      element('PromulgationDate', ['2030/01/14']),
    ]),
    element('StaffInfo', [element('Staff', [pick(random, words)])]),
    element('StatusCode', ['03']),
    ...optional(random, 'Description'),
    element('Timestamp', ['2030/01/15 11:00:00']),
  ])
}

function agency(name: string, code: string, random: Random): ElementNode {
  return element(name, [
    element('OrganId', [code]),
    element('OrganName', [`Cơ quan ${code}`]),
    ...optional(random, 'OrganAdd'),
  ])
}

function optional(random: Random, name: string): Maybe {
  return chance(random, 0.3) ? [element(name, [pick(random, words)])] : []
}

function trace(random: Random, netKit: boolean): ElementNode {
  const hop = element('TraceHeader', [element('OrganId', ['G99']), element('Timestamp', ['2030/01/15 11:00:00'])])
  const action = element('Bussiness', [element('BussinessDocType', ['0'])])
  const attributes: Readonly<Record<string, string>> = netKit
    ? { id: 'trace', version: '1.0', mustUnderstand: '1' }
    : {}
  return element('TraceHeaderList', chance(random, 0.5) ? [hop, action] : [hop], attributes)
}

function reference(id: string, netKit: boolean): ElementNode {
  const plain = element('Reference', [
    element('ContentId', [id]),
    element('ContentType', ['text/plain']),
    element('AttachmentName', [`${id.slice(4)}.txt`]),
  ])
  return netKit ? { ...plain, attributes: [{ namespace: xlink, name: 'href', value: id }] } : plain
}

function attachment(random: Random, id: string): ElementNode {
  const text = `Kính gửi ${id}\n`.repeat(1 + below(random, chance(random, 0.02) ? 1_000 : 8))
  const base64 = Buffer.from(text).toString('base64')
  const lines = chance(random, 0.5) ? base64.replace(/.{76}/g, '$&\n') : base64
  return element('Attachment', [
    element('ContentId', [id]),
    element('AttachmentName', [`${id.slice(4)}.txt`]),
    element('ContentType', ['text/plain']),
    element('ContentTransferEncoded', [lines]),
  ])
}

import { envelopeBlock, partyBlock, staffBlock } from './blocks.ts'
import type { StatusInput } from './input.ts'
import { prefixed, wireDay, wireText, wireTime } from './values.ts'
import { packetXml } from './xml.ts'

/**
 * Writes a status message as D1: header only, unsigned (edXML 2.2 and 8).
 *
 * @returns UTF-8 bytes
 * @throws HubError `REQUEST_INVALID` for values that XML cannot carry
 */
export function writeStatus(input: StatusInput): Buffer {
  const messageHeader = prefixed({
    From: partyBlock(input.sender),
    ResponseFor: prefixed({
      OrganId: wireText(input.receiverCode),
      Code: wireText(input.code),
      DocumentId: wireText(input.documentId),
      PromulgationDate: wireDay(input.issuedOn),
    }),
    StaffInfo: staffBlock(input.staff),
    StatusCode: input.statusCode,
    Description: wireText(input.reason),
    Timestamp: wireTime(input.reportedAt),
  })
  return packetXml({ 'edXML:edXMLEnvelope': envelopeBlock({ 'edXML:MessageHeader': messageHeader }) })
}

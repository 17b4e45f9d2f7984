import { type CanonicalPacket, ownRuns } from '../packet/element.ts'
import type { FindingList } from './findings.ts'

/** Refuses any single text of the skeleton, which holds no ContentTransferEncoded, beyond the limit (edXML 2.1 rule 10); true when there is one. */
export function reportLongTexts(packet: CanonicalPacket, findings: FindingList, maxTextBytes: number): boolean {
  let found = false
  for (const element of packet.elements) {
    if (element.contentEnd - element.contentStart <= maxTextBytes) continue
    if (ownRuns(packet.bytes, element).every(run => run.length <= maxTextBytes)) continue
    findings.custom(element, 'R.XML.Text', 'E', { max: maxTextBytes })
    found = true
  }
  return found
}

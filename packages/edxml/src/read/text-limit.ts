import { qcvn } from '../wire.ts'
import { type CanonicalPacket, isNamed, ownRuns } from '../xml/element.ts'
import type { FindingList } from './findings.ts'

/** Refuses any single text but ContentTransferEncoded beyond the limit (edXML 2.1 rule 10); true when there is one. */
export function reportLongTexts(packet: CanonicalPacket, findings: FindingList, maxTextBytes: number): boolean {
  let found = false
  for (const element of packet.elements) {
    if (element.contentEnd - element.contentStart <= maxTextBytes) continue
    if (isNamed(element, qcvn, 'ContentTransferEncoded') && element.children.length === 0) continue
    if (ownRuns(packet.latin1, element).every(run => run.length <= maxTextBytes)) continue
    findings.custom(element, 'R.XML.Text', 'E', { max: maxTextBytes })
    found = true
  }
  return found
}

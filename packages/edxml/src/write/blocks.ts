import type { Party, Staff } from '../model.ts'
import { qcvn } from '../wire.ts'
import { prefixed, wireText, type XmlChildren } from './values.ts'

/** From or To, children in the order of edXML 2.2. */
export function partyBlock(party: Party): XmlChildren | undefined {
  return prefixed({
    OrganId: wireText(party.agencyCode),
    OrganizationInCharge: wireText(party.inCharge),
    OrganName: wireText(party.name),
    OrganAdd: wireText(party.address),
    Email: wireText(party.email),
    Telephone: wireText(party.telephone),
    Fax: wireText(party.fax),
    Website: wireText(party.website),
  })
}

export function staffBlock(staff: Staff | undefined): XmlChildren | undefined {
  if (staff === undefined) return undefined
  return prefixed({
    Department: wireText(staff.department),
    DepartmentId: wireText(staff.departmentId),
    Staff: wireText(staff.name),
    StaffId: wireText(staff.staffId),
    Email: wireText(staff.email),
    Mobile: wireText(staff.mobile),
  })
}

/** The envelope element, which alone declares the prefix that clients read by. */
export function envelopeBlock(header: XmlChildren, body?: XmlChildren): XmlChildren {
  return {
    $: { 'xmlns:edXML': qcvn },
    'edXML:edXMLHeader': header,
    ...(body === undefined ? {} : { 'edXML:edXMLBody': body }),
  }
}

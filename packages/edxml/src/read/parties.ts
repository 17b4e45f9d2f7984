import type { Party, ReplyLink, Staff } from '../model.ts'
import type { XmlElement } from '../packet/element.ts'
import { maxLength } from '../wire.ts'
import { Block, blockShape, type ReadContext } from './block.ts'

const partyShape = blockShape(Object.keys(maxLength))
const partyRules = {
  inCharge: { max: maxLength.OrganizationInCharge },
  name: { max: maxLength.OrganName, missing: 'S' },
  address: { max: maxLength.OrganAdd },
  email: { max: maxLength.Email },
  telephone: { max: maxLength.Telephone },
  fax: { max: maxLength.Fax },
  website: { max: maxLength.Website },
} as const
const replyShape = blockShape(['OrganId', 'Code', 'PromulgationDate', 'DocumentId'])
export const staffShape = blockShape(['Department', 'DepartmentId', 'Staff', 'StaffId', 'Email', 'Mobile'])

/** From or To; undefined without an agency code. */
export function readParty(context: ReadContext, element: XmlElement): Party | undefined {
  const block = Block.of(context, element, partyShape)
  const agencyCode = block.agencyCode('OrganId', 'E')
  const party = {
    agencyCode: agencyCode ?? '',
    inCharge: block.text('OrganizationInCharge', partyRules.inCharge),
    name: block.text('OrganName', partyRules.name),
    address: block.text('OrganAdd', partyRules.address),
    email: block.text('Email', partyRules.email),
    telephone: block.text('Telephone', partyRules.telephone),
    fax: block.text('Fax', partyRules.fax),
    website: block.text('Website', partyRules.website),
  }
  return agencyCode === undefined ? undefined : party
}

export function readStaff(block: Block): Staff | undefined {
  if (block.element === undefined) return undefined
  const max = 200
  return {
    department: block.text('Department', { max }),
    departmentId: block.text('DepartmentId', { max }),
    name: block.text('Staff', { max }),
    staffId: block.text('StaffId', { max }),
    email: block.text('Email', { max }),
    mobile: block.text('Mobile', { max }),
  }
}

/** ResponseFor of a document; undefined when it says nothing. */
export function readReplyLink(context: ReadContext, element: XmlElement): ReplyLink | undefined {
  const block = Block.of(context, element, replyShape)
  const link = {
    agencyCode: block.agencyCode('OrganId'),
    code: block.text('Code', { max: 45 }),
    issuedOn: block.day('PromulgationDate'),
    documentId: block.identifier('DocumentId', { max: 200 }),
  }
  return Object.values(link).some(value => value !== undefined) ? link : undefined
}

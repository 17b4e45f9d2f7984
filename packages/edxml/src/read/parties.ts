import type { Party, ReplyLink, Staff } from '../model.ts'
import type { XmlElement } from '../packet/element.ts'
import { maxLength } from '../wire.ts'
import { Block, blockShape, type ReadContext } from './block.ts'

const partyShape = blockShape(Object.keys(maxLength))
const replyShape = blockShape(['OrganId', 'Code', 'PromulgationDate', 'DocumentId'])
export const staffShape = blockShape(['Department', 'DepartmentId', 'Staff', 'StaffId', 'Email', 'Mobile'])

/** From or To; undefined without an agency code. */
export function readParty(context: ReadContext, element: XmlElement): Party | undefined {
  const block = Block.of(context, element, partyShape)
  const agencyCode = block.agencyCode('OrganId', 'E')
  const party = {
    agencyCode: agencyCode ?? '',
    inCharge: block.text('OrganizationInCharge', { max: maxLength.OrganizationInCharge }),
    name: block.text('OrganName', { max: maxLength.OrganName, missing: 'S' }),
    address: block.text('OrganAdd', { max: maxLength.OrganAdd }),
    email: block.text('Email', { max: maxLength.Email }),
    telephone: block.text('Telephone', { max: maxLength.Telephone }),
    fax: block.text('Fax', { max: maxLength.Fax }),
    website: block.text('Website', { max: maxLength.Website }),
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

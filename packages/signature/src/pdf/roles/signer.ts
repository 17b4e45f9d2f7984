import type { Certificate } from '@docaxis/pki'
import type { PdfSigner } from '../verdict.ts'

/** Attributes that only a person has. */
const personal = ['title', 'SN', 'GN', 'pseudonym', '2.5.4.65']
/** Identifiers of persons: citizen and identity cards, passports; EN 319 412-1 section 5.1.3 and national practice. */
const personalId = /^(?:PAS|IDC|PNO|CCCD|CMND|CMT|HC)[A-Z]{0,2}[:\s-]?/i
/** How names of agencies and their parts begin; no name of a person does. */
const agencyWords =
  /^(?:Ủy ban|Uỷ ban|UBND|Hội đồng|HĐND|Bộ|Sở|Ban|Văn phòng|Cục|Chi cục|Tổng cục|Vụ|Phòng|Thanh tra|Kiểm toán|Tòa án|Toà án|Viện|Trung tâm|Trường|Học viện|Đại học|Bệnh viện|Kho bạc|Bảo hiểm xã hội|Công an|Quốc hội|Chính phủ|Ngân hàng|Cơ quan|Tổng công ty|Công ty|Hội|Đảng ủy|Huyện ủy|Tỉnh ủy|Thành ủy)(?=\s|$)/iu

/**
 * Whose certificate it is. A person where the subject has a title, given name, surname or a person's identifier. An agency
 * where it has none of them and names the organisation itself: CN equal to O or OU, an organizationIdentifier, or a CN
 * that begins as names of agencies do. Anything else may be either.
 */
export function signerOf({ subject }: Pick<Certificate, 'subject'>): PdfSigner {
  const all = (type: string) =>
    subject.attributes.filter(attribute => attribute.type === type).map(({ value }) => value)
  const [name] = all('CN')
  const [position] = all('title')
  const units = [...all('OU'), ...all('O')]
  const identifiers = [...all('organizationIdentifier'), ...all('serialNumber'), ...all('UID')]
  const isPerson = personal.some(type => all(type).length > 0) || identifiers.some(id => personalId.test(id))
  const isNamedSo =
    name !== undefined && (units.some(unit => isSameName(unit, name)) || agencyWords.test(name.normalize('NFC')))
  const isAgency = !isPerson && (all('organizationIdentifier').length > 0 || isNamedSo)
  const organization = isAgency ? name : units.find(unit => unit !== name)
  const [identifier] = identifiers
  return {
    kind: isPerson ? 'official' : isAgency ? 'agency' : 'unknown',
    ...(name !== undefined && { name }),
    ...(position !== undefined && { position }),
    ...(organization !== undefined && { organization }),
    ...(identifier !== undefined && { identifier }),
  }
}

function isSameName(one: string, other: string): boolean {
  const comparable = (text: string) => text.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/g, ' ').trim()
  return comparable(one) === comparable(other)
}

import type { Agency, Level } from '@docaxis/directory'

/** One agency of the fictional country. Every name is made up; G97–G99 and H99 are codes nobody holds. */
export interface DemoPlace {
  readonly code: string
  readonly code2016: string
  readonly name: string
  readonly shortName: string
  /** What its documents carry after the number: 12/BSNCP-VP. */
  readonly notation: string
  /** Place of issue. */
  readonly seat: string
  readonly level: Level
  readonly parent?: string
  /** Who signs for it. */
  readonly official: { readonly name: string; readonly position: string }
  readonly keyType: 'rsa' | 'ec'
  /** Seals nothing itself: this agency does it, by mandate. */
  readonly sealedBy?: string
  /** First day on which it is closed; it has no system then. */
  readonly closedOn?: string
  readonly successor?: string
}

export const locality = 'Mây Trắng'

export const places: readonly DemoPlace[] = [
  {
    code: 'G99',
    code2016: '000.00.00.G99',
    name: 'Bộ Sông ngòi và Cầu phà',
    shortName: 'Bộ SNCP',
    notation: 'BSNCP-VP',
    seat: 'Kinh đô Lạc Hồ',
    level: 'central',
    official: { name: 'Nguyễn Thị Hải Yến', position: 'Chánh Văn phòng' },
    keyType: 'rsa',
  },
  {
    code: 'G98',
    code2016: '000.00.00.G98',
    name: 'Bộ Vườn rừng và Hoa trái',
    shortName: 'Bộ VRHT',
    notation: 'BVRHT-KH',
    seat: 'Kinh đô Lạc Hồ',
    level: 'central',
    official: { name: 'Trần Văn Mận', position: 'Vụ trưởng' },
    keyType: 'ec',
  },
  {
    code: 'G97',
    code2016: '000.00.00.G97',
    name: 'Tổng cục Đèn biển và Khí tượng',
    shortName: 'TC ĐBKT',
    notation: 'TCĐBKT-DB',
    seat: 'Kinh đô Lạc Hồ',
    level: 'central',
    official: { name: 'Lê Thị Sao Mai', position: 'Tổng cục trưởng' },
    keyType: 'ec',
  },
  {
    code: 'H99',
    code2016: '000.00.00.H99',
    name: 'Ủy ban nhân dân tỉnh Mây Trắng',
    shortName: 'UBND tỉnh Mây Trắng',
    notation: 'UBND-TH',
    seat: 'Mây Trắng',
    level: 'province',
    official: { name: 'Phạm Văn Mây', position: 'Phó Chủ tịch' },
    keyType: 'rsa',
  },
  {
    code: 'H99.32',
    code2016: '000.00.32.H99',
    name: 'Ủy ban nhân dân huyện Suối Mơ',
    shortName: 'UBND huyện Suối Mơ',
    notation: 'UBND-NV',
    seat: 'Suối Mơ',
    level: 'district',
    parent: 'H99',
    official: { name: 'Hoàng Thị Suối', position: 'Chủ tịch' },
    keyType: 'ec',
  },
  {
    code: 'H99.31',
    code2016: '000.00.31.H99',
    name: 'Ủy ban nhân dân huyện Thác Bạc',
    shortName: 'UBND huyện Thác Bạc',
    notation: 'UBND-NV',
    seat: 'Thác Bạc',
    level: 'district',
    parent: 'H99',
    official: { name: 'Vũ Văn Thác', position: 'Chủ tịch' },
    keyType: 'ec',
    closedOn: '2025-07-01',
    successor: 'H99.32',
  },
  {
    code: 'H99.32.05',
    code2016: '000.05.32.H99',
    name: 'Ủy ban nhân dân xã Đồi Gió',
    shortName: 'UBND xã Đồi Gió',
    notation: 'UBND',
    seat: 'Đồi Gió',
    level: 'commune',
    parent: 'H99.32',
    official: { name: 'Đặng Thị Gió', position: 'Chủ tịch' },
    keyType: 'ec',
  },
  {
    code: 'H99.32.06',
    code2016: '000.06.32.H99',
    name: 'Ủy ban nhân dân xã Bến Trăng',
    shortName: 'UBND xã Bến Trăng',
    notation: 'UBND',
    seat: 'Bến Trăng',
    level: 'commune',
    parent: 'H99.32',
    official: { name: 'Bùi Văn Trăng', position: 'Chủ tịch' },
    keyType: 'ec',
  },
  {
    code: 'H99.32.07',
    code2016: '000.07.32.H99',
    name: 'Ủy ban nhân dân xã Cầu Vồng',
    shortName: 'UBND xã Cầu Vồng',
    notation: 'UBND',
    seat: 'Cầu Vồng',
    level: 'commune',
    parent: 'H99.32',
    official: { name: 'Ngô Thị Vồng', position: 'Chủ tịch' },
    keyType: 'ec',
    sealedBy: 'H99',
  },
]

/** Those that are open: each has a system of its own. */
export const openPlaces: readonly DemoPlace[] = places.filter(place => place.closedOn === undefined)

/** @throws Error when the country has no such agency: a fault of this program */
export function placeOf(code: string): DemoPlace {
  const place = places.find(candidate => candidate.code === code)
  if (!place) throw new Error(`the demo country has no agency ${code}`)
  return place
}

/** The agency as the directory keeps it. */
export function agencyOf(place: DemoPlace): Agency {
  return {
    code: place.code,
    code2016: place.code2016,
    oldCodes: [],
    name: place.name,
    shortName: place.shortName,
    kind: 'agency',
    level: place.level,
    ...(place.parent && { parent: place.parent }),
    ...(place.level !== 'central' && { locality }),
    groups: place.level === 'commune' ? ['demo-communes'] : [],
    ...(place.closedOn && { validTo: place.closedOn }),
    ...(place.successor && { successor: place.successor }),
    canReceive: place.closedOn === undefined,
    receivesForUnits: false,
  }
}

export const systemIdOf = (place: DemoPlace): string => `demo-${place.code}`

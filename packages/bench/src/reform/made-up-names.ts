import { pick, type Random } from '../random.ts'

const firsts = [
  'Tân',
  'An',
  'Bình',
  'Phú',
  'Long',
  'Minh',
  'Thanh',
  'Hòa',
  'Đông',
  'Tây',
  'Vĩnh',
  'Xuân',
  'Yên',
  'Quang',
]
const seconds = [
  'Lập',
  'Hưng',
  'Thịnh',
  'Sơn',
  'Giang',
  'Khê',
  'Trung',
  'Tiến',
  'Phong',
  'Mỹ',
  'Lộc',
  'Hải',
  'Châu',
  'Đức',
]

const name = (random: Random): string => `${pick(random, firsts)} ${pick(random, seconds)}`

export function communeName(random: Random): string {
  return `Ủy ban nhân dân ${pick(random, ['xã', 'xã', 'xã', 'phường'])} ${name(random)}`
}

export function districtName(random: Random): string {
  return `Ủy ban nhân dân ${pick(random, ['huyện', 'huyện', 'quận', 'thị xã'])} ${name(random)}`
}

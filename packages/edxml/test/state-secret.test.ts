import { expect, it } from 'vitest'
import { edit, goodXml, pdf, read, verdicts } from './packets.ts'

it.each([
  { where: 'scope', packet: goodXml({ scope: 'Mật' }) },
  { where: 'scope with its label', packet: goodXml({ scope: 'Độ mật: TỐI MẬT' }) },
  { where: 'decomposed scope', packet: edit(goodXml({ scope: 'x' }), '>x<', `>${'Tuyệt mật'.normalize('NFD')}<`) },
  { where: 'subject in brackets', packet: goodXml({ subject: '[MẬT] Kế hoạch' }) },
  { where: 'subject, later in round brackets', packet: goodXml({ subject: 'Kế hoạch (Tối mật)' }) },
  { where: 'content as a prefix', packet: goodXml({ content: 'TUYỆT MẬT: kế hoạch' }) },
  { where: 'appendix', packet: goodXml({ appendices: ['(MẬT)'] }) },
  { where: 'file name', packet: goodXml({ attachments: [{ name: '[TỐI MẬT] a.pdf', content: pdf }] }) },
  { where: 'file name alone', packet: goodXml({ attachments: [{ name: 'Mật.pdf', content: pdf }] }) },
  { where: 'description', packet: goodXml({ attachments: [{ name: 'a.pdf', content: pdf, description: '[Mật]' }] }) },
])('a mark in the $where refuses the packet under both profiles', ({ packet }) => {
  for (const profile of ['legacy', 'strict'] as const) {
    const reading = read(packet, profile)

    expect(reading.stateSecret).toBe(true)
    expect(verdicts(reading)).toContain('error M.StateSecret')
    expect(JSON.stringify(reading.findings)).not.toContain('hoạch')
  }
})

it.each([
  { subject: 'Tăng cường bảo mật thông tin' },
  { subject: 'Bảo vệ bí mật nhà nước' },
  { subject: 'Mật độ dân số' },
  { subject: 'Mật ong xuất khẩu' },
  { subject: 'Quy chế (bảo mật)' },
  { scope: 'Lưu hành nội bộ' },
  { scope: 'Công khai' },
  { attachments: [{ name: 'Mật độ.pdf', content: pdf }] },
])('words inside sentences never count: %j', changes => {
  expect(read(goodXml(changes)).stateSecret).toBe(false)
})

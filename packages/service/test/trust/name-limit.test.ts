import { expect, it } from 'vitest'
import { readNameLimit } from '../../src/trust/name-limit.ts'

it.each([
  { text: 'dns:gov.vn', kind: 2, content: Buffer.from('gov.vn') },
  { text: 'mail:gov.vn', kind: 1, content: Buffer.from('gov.vn') },
  { text: 'uri:.gov.vn', kind: 6, content: Buffer.from('.gov.vn') },
  { text: 'ip:10.1.0.0/16', kind: 7, content: Buffer.from([10, 1, 0, 0, 255, 255, 0, 0]) },
  { text: 'ip:10.1.2.3/32', kind: 7, content: Buffer.from([10, 1, 2, 3, 255, 255, 255, 255]) },
  { text: 'ip:0.0.0.0/0', kind: 7, content: Buffer.alloc(8) },
])('reads $text', ({ text, kind, content }) => {
  expect(readNameLimit(text)).toEqual({ kind, content })
})

it('reads a directory name in the order of certificates, whatever the order written', () => {
  const written = readNameLimit('dn:O=Bộ Công an, phòng một,C=VN')

  expect(written).toEqual(readNameLimit('dn:C=VN,O=Bộ Công an, phòng một'))
  expect(written.kind).toBe(4)
  expect(written.content.toString()).toContain('Bộ Công an, phòng một')
})

it.each([
  'gov.vn',
  'dns:',
  'dns:có dấu',
  'ip:10.0.0.0',
  'ip:10.0.0.0/33',
  'ip:::1/64',
  'dn:',
  'dn:X=1',
  'dn:C=VN,C=LA',
])('refuses %s', text => {
  expect(() => readNameLimit(text)).toThrow(TypeError)
})

import { expect, it } from 'vitest'
import { searchPlace } from '../web/src/shell/search-place.ts'

it.each([
  { text: '', path: '/documents' },
  { text: ' 7816/VPCP-TTĐT ', path: '/documents?q=7816%2FVPCP-TT%C4%90T' },
  { text: '7816', path: '/documents?q=7816' },
  { text: 'phòng chống thiên tai', path: '/documents?q=ph%C3%B2ng%20ch%E1%BB%91ng%20thi%C3%AAn%20tai' },
  { text: 'H99,2026/11/27,48/UBND-TH', path: '/documents?q=H99%2C2026%2F11%2F27%2C48%2FUBND-TH' },
  { text: '0123456789abcdef01234567', path: '/documents/0123456789abcdef01234567' },
  { text: 'h99.32.05', path: '/agencies/H99.32.05' },
  { text: '000.05.32.H99', path: '/agencies/000.05.32.H99' },
  { text: 'SIGNATURE_UNPROVEN', path: '/help/SIGNATURE_UNPROVEN', outside: true },
])('leads who writes "$text" to $path', ({ text, ...place }) => {
  expect(searchPlace(text)).toEqual(place)
})

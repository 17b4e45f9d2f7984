import { expect, it } from 'vitest'
import { hoursText } from '../web/src/settings/hours-text.ts'

it.each([
  { hours: '07:30-11:30,13:30-17:00', text: 'thứ Hai đến thứ Sáu 07:30–11:30, 13:30–17:00' },
  { hours: 'Mo-Fr 07:00-11:30; Sa 07:30-11:30', text: 'thứ Hai đến thứ Sáu 07:00–11:30; thứ Bảy 07:30–11:30' },
  { hours: 'Mo,We 08:00-12:00', text: 'thứ Hai, thứ Tư 08:00–12:00' },
])('says "$hours" in words', ({ hours, text }) => {
  expect(hoursText(hours, 'vi')).toBe(text)
})

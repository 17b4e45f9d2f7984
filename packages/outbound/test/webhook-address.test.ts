import { expect, it } from 'vitest'
import { FetchFault, webhookAddress } from '../src/index.ts'

const rules = { insideHosts: ['relay.lan', '10.1.1.1'], plainHosts: ['relay.lan'] }

it.each(['https://office.example/hook?x=1', 'http://relay.lan:8080/', 'https://10.1.1.1/hook', 'https://8.8.8.8/'])(
  'takes %s',
  text => expect(webhookAddress(text, rules).href).toBe(text),
)

it.each([
  { text: 'http://office.example/hook', says: 'https only' },
  { text: 'https://user:secret@office.example/', says: 'password' },
  { text: 'https://10.1.1.2/hook', says: 'inside' },
  { text: 'https://169.254.169.254/latest/meta-data', says: 'inside' },
  { text: 'https://[::1]/', says: 'inside' },
  { text: 'https://2130706433/', says: 'inside' },
  { text: 'https://0x7f.1/', says: 'inside' },
  { text: 'file:///etc/passwd', says: 'https://' },
  { text: 'office.example/hook', says: 'https://' },
])('refuses $text', ({ text, says }) => {
  expect(() => webhookAddress(text, rules)).toThrow(FetchFault)
  expect(() => webhookAddress(text, rules)).toThrow(says)
})

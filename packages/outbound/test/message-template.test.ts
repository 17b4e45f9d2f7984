import { describe, expect, it } from 'vitest'
import { fillBody, fillUrl, type PlaceholderValues, templateFault } from '../src/index.ts'

const hostile = '"}, {"admin": true, "x": "\r\n\\ & = % {{secret}} </script>'
const values: PlaceholderValues = {
  title: hostile,
  text: 'một\nhai',
  link: 'https://hub.example/documents?late=yes&receiver=H99',
  count: '3',
  urgent: 'false',
  id: '0'.repeat(24),
  secret: 'whole secret',
}

it('leaves one JSON value one value, whatever stands in it', () => {
  const body = fillBody('{"text": "{{title}}", "n": {{count}}, "urgent": {{ urgent }}}', 'json', values)

  expect(JSON.parse(body)).toEqual({ text: hostile, n: 3, urgent: false })
})

it('leaves one field of a form one field', () => {
  const body = fillBody('to=84900000000&text={{title}}', 'form', values)

  expect([...new URLSearchParams(body)]).toEqual([
    ['to', '84900000000'],
    ['text', hostile],
  ])
})

it('leaves an address the host and the path that it has', () => {
  const url = new URL(fillUrl('https://sms.example/send?text={{title}}&ref={{id}}', values))

  expect(url.host).toBe('sms.example')
  expect(url.pathname).toBe('/send')
  expect(url.searchParams.get('text')).toBe(hostile)
  expect([...url.searchParams.keys()]).toEqual(['text', 'ref'])
})

it('does not fill what was put in', () => {
  expect(fillBody('{{title}}', 'text', values)).toContain('{{secret}}')
})

describe('a template', () => {
  it.each([
    { of: 'JSON', template: '{"text":"{{title}} {{text}}"}', type: 'json' },
    { of: 'a form', template: 'text={{text}}', type: 'form' },
    { of: 'text', template: '{{title}}\n{{text}}', type: 'text' },
  ] as const)('of $of can be used', ({ template, type }) => {
    expect(templateFault(template, type)).toBeUndefined()
  })

  it.each([
    { why: 'names a place that nobody fills', template: '{"text":"{{subject}}"}', type: 'json' },
    { why: 'has an empty place', template: '{"text":"{{}}"}', type: 'json' },
    { why: 'has text outside of quotes', template: '{"text":{{text}}}', type: 'json' },
    { why: 'is no JSON at all', template: 'text={{text}}', type: 'json' },
  ] as const)('that $why cannot', ({ template, type }) => {
    expect(templateFault(template, type)).toBeDefined()
  })
})

import { expect, it } from 'vitest'
import { CanonicalXmlError, readCanonicalXml } from '../src/canonical-xml.ts'
import { canonicalBytes, withDocument } from './oracle.ts'

it('reads names, attributes and text with their namespaces', () => {
  const root = readCanonicalXml(
    Buffer.from('<a xmlns="urn:1" xmlns:p="urn:2" p:x="1" y="&quot;&#xA;"><p:b>t&amp;&lt;</p:b>u</a>'),
  )

  expect(root).toMatchObject({ namespace: 'urn:1', name: 'a', text: 'u' })
  expect([...root.attributes]).toEqual([
    ['{urn:2}x', '1'],
    ['y', '"\n'],
  ])
  expect(root.children).toMatchObject([{ namespace: 'urn:2', name: 'b', text: 't&<' }])
})

it('reads what the canonicalizer writes of the odd ways to write the same', () => {
  const written = `<?xml version="1.0"?><a  b='1'><![CDATA[<]]><!-- --><c/>&#65;\r\n</a>`

  const root = readCanonicalXml(withDocument(Buffer.from(written), document => canonicalBytes(document)))

  expect(root).toMatchObject({ name: 'a', text: '<A\n', children: [{ name: 'c' }] })
})

it.each([
  { fault: 'a comment', xml: '<a><!-- --></a>' },
  { fault: 'CDATA', xml: '<a><![CDATA[x]]></a>' },
  { fault: 'an instruction', xml: '<a><?x y?></a>' },
  { fault: 'a declaration', xml: '<?xml version="1.0"?><a></a>' },
  { fault: 'a DOCTYPE', xml: '<!DOCTYPE a><a></a>' },
  { fault: 'an empty-element tag', xml: '<a/>' },
  { fault: 'single quotes', xml: "<a b='1'></a>" },
  { fault: 'space in a tag', xml: '<a b="1" ></a>' },
  { fault: 'a name space twice', xml: '<a xmlns:p="u" xmlns:p="u"></a>' },
  { fault: 'a tag without an end', xml: '<a b="1"' },
  { fault: 'a tag in a tag', xml: '<a <b></b>' },
  { fault: 'an end tag with more to its name', xml: '<a></ab>' },
  { fault: 'an attribute twice', xml: '<a b="1" b="2"></a>' },
  { fault: 'an attribute twice by namespace', xml: '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"></a>' },
  { fault: 'an unbound prefix', xml: '<p:a></p:a>' },
  { fault: 'another entity', xml: '<a>&apos;</a>' },
  { fault: 'a decimal reference', xml: '<a>&#65;</a>' },
  { fault: 'a bare ampersand', xml: '<a>&</a>' },
  { fault: 'an unescaped >', xml: '<a>></a>' },
  { fault: 'tags that do not fit', xml: '<a><b></a></b>' },
  { fault: 'an open end', xml: '<a><b></b>' },
  { fault: 'two roots', xml: '<a></a><b></b>' },
  { fault: 'text outside', xml: '<a></a>x' },
  { fault: 'nothing', xml: '' },
  { fault: 'too deep nesting', xml: '<a>'.repeat(40) + '</a>'.repeat(40) },
])('refuses $fault', ({ xml }) => {
  expect(() => readCanonicalXml(Buffer.from(xml))).toThrow(CanonicalXmlError)
})

it('resolves a tag that it has met before by where it stands now', () => {
  const tag = '<p:b p:x="1"></p:b>'

  const roots = ['urn:1', 'urn:2'].map(namespace =>
    readCanonicalXml(Buffer.from(`<a xmlns:p="${namespace}">${tag}</a>`)),
  )

  const [one, two] = roots.map(({ children: [child] }) => [child?.namespace, ...(child?.attributes.keys() ?? [])])
  expect(one).toEqual(['urn:1', '{urn:1}x'])
  expect(two).toEqual(['urn:2', '{urn:2}x'])
  expect(() => readCanonicalXml(Buffer.from(`<a>${tag}</a>`))).toThrow(CanonicalXmlError)
})

it('refuses bytes that are not UTF-8', () => {
  expect(() => readCanonicalXml(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]))).toThrow(
    CanonicalXmlError,
  )
})

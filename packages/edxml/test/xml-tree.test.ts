import { expect, it } from 'vitest'
import { readXmlTree } from '../src/xml/index.ts'
import { edit, goodXml, read, verdicts } from './packets.ts'

const parse = (text: string | Buffer) => readXmlTree(Buffer.from(text))

it('reads a tree whose texts and values stand as a canonical form has them', () => {
  const tree = parse(`<a xmlns:p="urn:p" p:v='"&#13;'>x &gt; <![CDATA[<y>]]>\r\n<b/><!-- c --><?go on ?></a>`)

  expect(tree).toMatchObject({
    root: {
      name: 'a',
      declarations: [{ prefix: 'p', namespace: 'urn:p' }],
      attributes: [{ namespace: 'urn:p', name: 'v', rawValue: '&quot;&#xD;' }],
      children: [
        { kind: 'text', raw: 'x &gt; &lt;y&gt;\n' },
        { kind: 'element', name: 'b', children: [] },
        { kind: 'comment' },
        { kind: 'instruction', target: 'go', raw: 'on ' },
      ],
    },
  })
})

it.each([
  ['white space before the root', '\n <a/>'],
  ['a relative name space', '<a xmlns="x"/>'],
  ['an instruction before and after', '<?a?><a/><?b c?>'],
])('takes %s, which an envelope may not have', (_, xml) => {
  expect(parse(xml)).toHaveProperty('root')
})

it.each([
  ['a DOCTYPE', '<!DOCTYPE a><a/>', 'M.XML.Doctype'],
  ['a declaration after white space', '\n<?xml version="1.0"?><a/>', 'M.XML'],
  ['a byte-order mark after white space', '\n\ufeff<a/>', 'M.XML'],
  ['an instruction called xml', '<a><?XML a?></a>', 'M.XML'],
  ['an unbound prefix', '<p:a/>', 'M.XML.Namespace'],
  ['an ampersand in a name space', '<a xmlns="urn:a&amp;b"/>', 'M.XML.Namespace'],
  ['a prefix taken back', '<a xmlns:p="urn:p"><b xmlns:p=""/></a>', 'M.XML.Namespace'],
  ['one attribute under two prefixes', '<a xmlns:p="urn:p" xmlns:q="urn:p" p:v="1" q:v="2"/>', 'M.XML.Namespace'],
  ['65 levels', '<a>'.repeat(65), 'R.XML.Depth'],
  ['a tag of 100 KB', `<a v="${'x'.repeat(100_000)}"/>`, 'R.XML.Text'],
])('refuses %s', (_, xml, code) => {
  expect(parse(xml)).toMatchObject({ code })
})

it.each(['x', 'http://a:/', 'http://[::1', 'urn:a&amp;b', 'urn:é', 'p://a b', '#a', 'a:#b#c'])(
  'an envelope may not declare the name space %s',
  namespace => {
    const xml = edit(goodXml(), '<edXML ', `<edXML xmlns:p="${namespace}" `)

    expect(verdicts(read(xml))).toEqual(['error M.XML.Namespace'])
  },
)

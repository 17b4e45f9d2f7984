import { expect, it } from 'vitest'
import { edit, goodXml, read } from './packets.ts'

/** Each way to write a tag, and the one that is canonical. */
const tags = [
  { written: '<x>', canonical: '<x>' },
  { written: '<x >', canonical: '<x>' },
  { written: '<x a="v">', canonical: '<x a="v">' },
  { written: '<x  a="v">', canonical: '<x a="v">' },
  { written: '<x\ta="v">', canonical: '<x a="v">' },
  { written: '<x a="v" >', canonical: '<x a="v">' },
  { written: '<x a ="v">', canonical: '<x a="v">' },
  { written: "<x a='v'>", canonical: '<x a="v">' },
  { written: '<x a="&#118;">', canonical: '<x a="v">' },
  { written: '<x a="\t">', canonical: '<x a=" ">' },
  { written: '<x a="&#x9;">', canonical: '<x a="&#x9;">' },
  { written: '<x a="1>2">', canonical: '<x a="1>2">' },
  { written: '<x a="1>2" >', canonical: '<x a="1>2">' },
  { written: '<x b="1" a="2">', canonical: '<x a="2" b="1">' },
  { written: '<x a="2" b="1">', canonical: '<x a="2" b="1">' },
  { written: '<x xmlns="urn:x">', canonical: '<x xmlns="urn:x">' },
  { written: '<x xmlns:unused="urn:x" a="v">', canonical: '<x a="v">' },
]

it.each(tags)('writes $written as $canonical, whether it was met before or not', ({ written, canonical }) => {
  const signature = `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">${written}</x></Signature>`
  const xml = edit(goodXml(), '</edXML:edXMLHeader>', `${signature}</edXML:edXMLHeader>`)

  const elements = [1, 2, 3].map(() => read(xml).signature?.element.toString())

  const expected = `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">${canonical}</x></Signature>`
  expect(elements).toEqual([expected, expected, expected])
})

it('declares a name space for a tag that it met where the name space was declared already', () => {
  const tag = '<p:x p:a="v"></p:x>'
  const inside = `<p:y xmlns:p="urn:p">${tag}</p:y>`
  const besides = `<y xmlns:p="urn:p">${tag}</y>`
  const signature = `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">${inside}${besides}</Signature>`

  const { element } = read(edit(goodXml(), '</edXML:edXMLHeader>', `${signature}</edXML:edXMLHeader>`)).signature ?? {}

  expect(element?.toString()).toContain(`<p:y xmlns:p="urn:p">${tag}</p:y>`)
  expect(element?.toString()).toContain('<y><p:x xmlns:p="urn:p" p:a="v"></p:x></y>')
})

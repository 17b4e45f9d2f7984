import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ParseOption, XmlDocument, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'
import { afterAll, describe, expect, it } from 'vitest'
import { read } from './packets.ts'

/**
 * The rules of intake stand in for the schemas (DESIGN.md). Here they are held to it: whatever is taken out of, put into
 * or changed in a valid example, what the schema refuses the rules refuse or warn of, but for an element that is empty,
 * which counts as absent (edXML 2.1 rule 7).
 */
xmlRegisterFsInputProviders()
const folder = join(import.meta.dirname, '../../../schemas/edxml')
const schemas = { document: validatorOf('envelope.xsd'), status: validatorOf('status.xsd') }
const examples = ['document.new', 'document.replace', 'document.revoke', 'document.update', 'status.refused']

afterAll(() => {
  for (const { validator, source } of Object.values(schemas)) {
    validator.dispose()
    source.dispose()
  }
})

function validatorOf(name: string) {
  const url = join(folder, name)
  const source = XmlDocument.fromBuffer(readFileSync(url), { url })
  return { source, validator: XsdValidator.fromDoc(source) }
}

/** Left out of what may be left out (edXML 4.2, Missing "–"), or the last of a list, which then is empty. */
const harmless = new Set(
  ['Appendix', 'TaskCode', 'DocumentInfo', 'DocumentReceiver', 'OrganId', 'Receiver'].map(
    name => `without edXML:${name}`,
  ),
)

function fitsSchema(xml: string, kind: keyof typeof schemas): boolean {
  const document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NONET })
  try {
    schemas[kind].validator.validate(document)
    return true
  } catch {
    return false
  } finally {
    document.dispose()
  }
}

interface Piece {
  readonly name: string
  readonly start: number
  readonly contentStart: number
  readonly contentEnd: number
  readonly end: number
  readonly isLeaf: boolean
}

/** Every element of a pretty-printed example but the root. */
function piecesOf(xml: string): Piece[] {
  const open: { name: string; start: number; contentStart: number; children: number }[] = []
  const pieces: Piece[] = []
  for (const { 0: tag, index } of xml.matchAll(/<[^?!][^>]*>/g)) {
    if (tag.startsWith('</')) {
      const { name, start, contentStart, children } = open.pop() ?? { name: '', start: 0, contentStart: 0, children: 0 }
      pieces.push({ name, start, contentStart, contentEnd: index, end: index + tag.length, isLeaf: children === 0 })
      continue
    }
    const parent = open.at(-1)
    if (parent) parent.children += 1
    const name = /^<([^\s/>]+)/.exec(tag)?.[1] ?? ''
    if (!tag.endsWith('/>')) open.push({ name, start: index, contentStart: index + tag.length, children: 0 })
  }
  return pieces.filter(({ start }) => start > 0 && xml.slice(0, start).includes('<edXML'))
}

const values = [
  '',
  ' ',
  'x',
  '-1',
  '5',
  '70000',
  '2026-02-30',
  '2026/13/01',
  'a,b',
  'x'.repeat(12),
  'x'.repeat(36),
  'x'.repeat(501),
]

interface Mutant {
  readonly what: string
  readonly xml: string
  /** Nothing but an element without content. */
  readonly isEmptied?: boolean
}

function mutantsOf(xml: string): Mutant[] {
  return piecesOf(xml).flatMap(piece => {
    const { name, start, contentStart, contentEnd, end, isLeaf } = piece
    const put = (text: string) => xml.slice(0, contentEnd) + text + xml.slice(contentEnd)
    const texts = isLeaf
      ? values.map(value => ({ value, xml: xml.slice(0, contentStart) + value + xml.slice(contentEnd) }))
      : [{ value: 'text', xml: put('text') }]
    return [
      { what: `without ${name}`, xml: xml.slice(0, start) + xml.slice(end) },
      { what: `${name} twice`, xml: xml.slice(0, end) + xml.slice(start, end) + xml.slice(end) },
      { what: `stranger in ${name}`, xml: put('<x xmlns="urn:x"/>') },
      { what: `unknown in ${name}`, xml: put('<unknown/>') },
      ...texts.map(({ value, xml }) => ({
        what: `${name} = ${value.slice(0, 12)}`,
        xml,
        isEmptied: value.trim() === '',
      })),
    ]
  })
}

describe.each(examples)('%s', example => {
  const xml = readFileSync(join(folder, 'valid', `${example}.xml`), 'utf8')
  const kind = example.startsWith('status') ? 'status' : 'document'

  it('is accepted by both', () => {
    expect(fitsSchema(xml, kind)).toBe(true)
    expect(read(xml, 'strict').findings).toEqual([])
  })

  it('no mutant passes the rules without a word and fails the schema', () => {
    const refused = mutantsOf(xml).filter(mutant => !fitsSchema(mutant.xml, kind))

    const silent = refused
      .filter(({ what, isEmptied }) => !isEmptied && !harmless.has(what))
      .filter(mutant => read(mutant.xml, 'strict').findings.length === 0)
    expect(refused.length).toBeGreaterThan(100)
    expect(silent.map(({ what }) => what)).toEqual([])
  })
})

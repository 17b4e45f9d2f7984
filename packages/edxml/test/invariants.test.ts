import fc from 'fast-check'
import { expect, it } from 'vitest'
import { writeStatus } from '../src/index.ts'
import { goodXml, noon, read } from './packets.ts'

const document = goodXml({ action: 'update', reason: 'x', scope: 'x', recipientLines: ['x'] })
const status = writeStatus({
  sender: { agencyCode: 'H99', name: 'x' },
  receiverCode: 'G99',
  documentId: 'd',
  code: '1/x',
  issuedOn: '2026-11-20',
  statusCode: '02',
  reason: 'x',
  reportedAt: noon,
}).toString()

const leaf = /<([\w:]+)( [^>]*)?>([^<]*)<\/\1>/g
const insertions = [
  '',
  ' ',
  'null',
  '<a/>',
  '<!-- x -->',
  '<![CDATA[]]>',
  'a<edXML:b>c</edXML:b>d',
  '2026/02/30',
  'a,b',
  '&amp;',
  'UEsDBA==',
]

/** Replaces, empties or doubles the n-th leaf of the packet. */
function mutate(xml: string, index: number, kind: number, insertion: string): string {
  const leaves = [...xml.matchAll(leaf)]
  const { 0: whole, 1: name, 2: attributes = '', index: at } = leaves[index % leaves.length] as RegExpExecArray
  const replacement = [`<${name}${attributes}>${insertion}</${name}>`, '', whole + whole, `${insertion}${whole}`][
    kind % 4
  ]
  return xml.slice(0, at) + replacement + xml.slice(at + whole.length)
}

it('a packet without a model is always refused, and no mutation makes the reader throw', () => {
  const step = fc.tuple(fc.nat(200), fc.nat(3), fc.constantFrom(...insertions))
  fc.assert(
    fc.property(fc.constantFrom(document, status), fc.array(step, { minLength: 1, maxLength: 4 }), (xml, steps) => {
      const mutant = steps.reduce((packet, [index, kind, insertion]) => mutate(packet, index, kind, insertion), xml)
      for (const profile of ['legacy', 'strict'] as const) {
        const { envelope, findings } = read(mutant, profile)
        const refused = findings.some(({ severity }) => severity === 'error')
        expect(envelope !== undefined || refused).toBe(true)
      }
    }),
    { numRuns: 1000 },
  )
})

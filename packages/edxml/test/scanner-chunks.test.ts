import { createHash } from 'node:crypto'
import { noon } from '@docaxis/testkit'
import { expect, it } from 'vitest'
import { createEnvelopeChecker, type EnvelopeReading } from '../src/index.ts'
import { goodXml, pdf, withCarried } from './packets.ts'

const options = { profile: 'strict', receivedAt: noon } as const

function readIn(chunks: readonly Buffer[]): unknown {
  const reader = createEnvelopeChecker(options)
  for (const chunk of chunks) {
    const lent = Buffer.from(chunk)
    reader.write(lent)
    // The chunk is the caller's, who uses it for the next bytes.
    lent.fill(0x3c)
  }
  return comparable(reader.finish())
}

/** Everything that a reading says, its digest included. */
function comparable({ signature, ...reading }: EnvelopeReading): unknown {
  if (signature === undefined) return reading
  const { digest, element, signedInfo, ...rest } = signature
  return {
    ...reading,
    ...rest,
    digest: digest('sha256').toString('hex'),
    element: hashOf(element),
    signedInfo: hashOf(signedInfo),
  }
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

const odd = Buffer.from(
  `\ufeff<?xml version='1.0' encoding="UTF-8"?>\r\n<!-- soạn -- -->`.replace(' -- ', ' - ') +
    `<q:edXML xmlns:q='http://www.mic.gov.vn/TBT/QCVN_102_2016' a="1\r\n&#10;&quot;'2">t&amp;\r\n]]&gt;<![CDATA[<&]]]]><q:x/>&#x1F600;đ 😀\r</q:edXML>\n`,
)
const files = [
  { name: 'a packet with everything', bytes: Buffer.from(goodXml()) },
  { name: 'odd spellings', bytes: odd },
  {
    name: 'a file in lines that end in CR LF',
    bytes: Buffer.from(withCarried(pdf.toString('base64').replaceAll(/(.{20})/g, '$1\r\n'))),
  },
  { name: 'a file in lines that end in CR', bytes: Buffer.from(withCarried('QUJD\rREVG\r\r\nR0hJ\n\r')) },
  {
    name: 'brackets, and what ends a section, apart',
    bytes: Buffer.from('<edXML>]]<![CDATA[]]>>]]<b/>>]]<!---->></edXML>'),
  },
  { name: 'brackets, and what ends a section, together', bytes: Buffer.from('<edXML>]]></edXML>') },
  { name: 'a fault at the end', bytes: Buffer.from('<a>\n<b>đ</b>\n&nope;</a>') },
  { name: 'bytes that are not UTF-8', bytes: Buffer.concat([Buffer.from('<a>\n</b>'), Buffer.from([0xff, 0x3c])]) },
  { name: 'text after a byte-order mark', bytes: Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xe9]) },
  { name: 'two byte-order marks', bytes: Buffer.from('\ufeff\ufeff<a/>') },
]

it.each(files)('$name read the same however they are cut in two', ({ bytes }) => {
  const whole = readIn([bytes])

  for (let at = 1; at < bytes.length; at += 1) {
    expect(readIn([bytes.subarray(0, at), bytes.subarray(at)]), `cut at ${at}`).toEqual(whole)
  }
})

it.each(files)('$name read the same byte by byte', ({ bytes }) => {
  const single = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1))

  expect(readIn(single)).toEqual(readIn([bytes]))
})

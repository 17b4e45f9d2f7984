import { deflateSync } from 'node:zlib'
import { noon } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { bufferSource, verifyPdf } from '../../src/index.ts'
import { testSigners } from './identities.ts'
import { append, type PdfFile, writePdf } from './pdf-writer.ts'
import { draft, signedAgain, signedOnce } from './signed-pdf.ts'

const judge = (bytes: Buffer) => verifyPdf(bufferSource(bytes), { at: noon, profile: 'generic' })

let signed: PdfFile
let twice: PdfFile

beforeAll(async () => {
  const { agency, receiver } = await testSigners()
  signed = signedOnce(agency)
  twice = signedAgain(signed, receiver)
})

const text = (file: PdfFile) => file.bytes.toString('latin1')
const bytesOf = (content: string) => Buffer.from(content, 'latin1')

/** A file whose only cross-reference is a stream with these bytes. */
function withXrefStream(data: Buffer, entries: string): Buffer {
  const head = '%PDF-1.7\n'
  const start = `1 0 obj\n<</Type/XRef/Length ${data.length}${entries}>>\nstream\n`
  const end = `\nendstream\nendobj\nstartxref\n${head.length}\n%%EOF\n`
  return Buffer.concat([bytesOf(head), bytesOf(start), data, bytesOf(end)])
}

describe('files that are refused whole', () => {
  const one = draft()
  const numbered = (object: number) => text(one).indexOf(`\n${object} 0 obj`) + 1
  const offset = (at: number) => String(at).padStart(10, '0')

  it.each([
    { what: 'nothing', bytes: Buffer.alloc(0) },
    { what: 'another kind of file', bytes: Buffer.from('PK\x03\x04') },
    { what: 'a header that comes late', bytes: Buffer.concat([Buffer.from('\n'), one.bytes]) },
    { what: 'a cut end', bytes: one.bytes.subarray(0, one.bytes.length - 8) },
    { what: 'an encrypted file', bytes: append(one, {}, { trailer: '/Encrypt<</Filter/Standard>>' }).bytes },
    { what: 'cross-references in a circle', bytes: bytesOf(text(one).replace('/Root', `/Prev ${one.startXref}/Root`)) },
    {
      what: 'an object that is elsewhere',
      bytes: bytesOf(text(one).replace(offset(numbered(4)), offset(numbered(5)))),
    },
    { what: 'a key twice in a dictionary', bytes: writePdf({ 1: '<</Type/Catalog/Pages 2 0 R/Pages 3 0 R>>' }).bytes },
    {
      what: 'an object twice in a cross-reference',
      bytes: bytesOf(text(one).replace('trailer', `4 1\n${offset(numbered(5))} 00000 n \ntrailer`)),
    },
    {
      what: 'a stream that lies of its length',
      bytes: append(one, { 1: '<</Type/Catalog/Pages 2 0 R/X 9 0 R>>', 9: '<</Length 3>>\nstream\nabcdef\nendstream' })
        .bytes,
    },
    {
      what: 'a stream kept elsewhere',
      bytes: append(one, { 1: '<</Type/Catalog/X 9 0 R>>', 9: '<</Length 1/F(a.bin)>>\nstream\na\nendstream' }).bytes,
    },
    {
      what: 'deep nesting',
      bytes: append(one, { 1: `<</Type/Catalog/X ${'['.repeat(5_000)}${']'.repeat(5_000)}>>` }).bytes,
    },
    {
      what: 'a bomb',
      bytes: withXrefStream(deflateSync(Buffer.alloc(64 * 1024 * 1024)), '/Filter/FlateDecode/W[1 2 1]/Size 9'),
    },
    {
      what: 'a cross-reference of a billion objects',
      bytes: withXrefStream(Buffer.alloc(4), '/W[1 2 1]/Size 1000000000'),
    },
    { what: 'references in a circle', bytes: append(one, { 1: '9 0 R', 9: '1 0 R' }).bytes },
  ])('$what', async ({ bytes }) => {
    const { verdict, code, signatures } = await judge(bytes)

    expect({ verdict, code, signatures }).toEqual({ verdict: 'INVALID', code: 'PDF_UNSUPPORTED', signatures: [] })
  })

  it('a file without a signature is not signed', async () => {
    expect(await judge(one.bytes)).toMatchObject({ verdict: 'INVALID', code: 'NOT_SIGNED', signatures: [] })
  })

  it('ends on long chains of objects', async () => {
    const count = 20_000
    const objects = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [100 + index, `<</Next ${101 + index} 0 R>>`]),
    )
    const chained = append(one, { 1: '<</Type/Catalog/Pages 2 0 R/Outlines 100 0 R>>', ...objects })

    expect(await judge(chained.bytes)).toMatchObject({ verdict: 'INVALID', code: 'NOT_SIGNED' })
  })
})

describe('changed at random', () => {
  it('is never VALID unless all signed bytes are the same and nothing follows', { timeout: 120_000 }, async () => {
    const random = seeded(20_300_115)
    for (const { bytes: original } of [signed, twice]) {
      for (let round = 0; round < 300; round += 1) {
        const changed = mutate(original, random)

        const { verdict, signatures } = await judge(changed)

        if (verdict === 'VALID')
          expect(coveredBy(changed, signatures.length)).toEqual(coveredBy(original, signatures.length))
      }
    }
  })
})

/** The file without the values of its last signatures: what one of them covers to the end of the file. */
function coveredBy(bytes: Buffer, signatures: number): string {
  const content = bytes.toString('latin1')
  const blank = content.replace(/\/Contents <[0-9a-fA-F]*>/g, '/Contents <>')
  return `${signatures} ${blank.length} ${blank}`
}

function mutate(original: Buffer, random: (below: number) => number): Buffer {
  const bytes = Buffer.from(original)
  const at = random(bytes.length)
  switch (random(5)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
      return bytes
    case 1:
      return bytes.subarray(0, at)
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + random(64)))])
    case 3:
      return Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(random(bytes.length), random(bytes.length)),
        bytes.subarray(at),
      ])
    default:
      bytes.copy(bytes, at, random(bytes.length), random(bytes.length))
      return bytes
  }
}

/** mulberry32: the same changes on every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

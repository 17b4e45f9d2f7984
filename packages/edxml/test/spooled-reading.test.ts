import { createHash, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createEnvelopeChecker, createEnvelopeReader, type EnvelopeLimits, readEnvelope } from '../src/index.ts'
import { memorySpool } from './memory-spool.ts'
import { edit, goodXml, noon, verdicts, withCarried, wrapInZip } from './packets.ts'

const large = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(700_000)])
const wrapped = wrapInZip('5c7082fe-4ac3-4b46-961e-e2439bfae484.pdf', large)
const office = wrapInZip('word/document.xml', Buffer.concat([Buffer.from('noise'), randomBytes(500_000)]))
const cases: readonly { name: string; xml: string; limits?: Partial<EnvelopeLimits> }[] = [
  { name: 'a small file', xml: goodXml() },
  { name: 'a large file in its wrapper', xml: withCarried(wrapped) },
  { name: 'a large file without a wrapper', xml: withCarried(large) },
  { name: 'a large file in lines of 76', xml: withCarried(large.toString('base64').replaceAll(/(.{76})/g, '$1\n')) },
  { name: 'a large archive that is no wrapper', xml: withCarried(office, 'noise.bin') },
  { name: 'a large wrapper cut off', xml: withCarried(wrapped.subarray(0, 600_000)) },
  { name: 'a large wrapper with a changed byte', xml: withCarried(changed(wrapped, 300_000)) },
  {
    name: 'a large file that is not Base64 at its end',
    xml: withCarried(`${large.toString('base64').slice(0, -4)}$$$$`),
  },
  { name: 'a file over its limit', xml: withCarried(wrapped), limits: { maxFileBytes: 600_000 } },
  { name: 'a bomb', xml: withCarried(wrapInZip('x.pdf', Buffer.alloc(20_000_000))), limits: { maxRatio: 100 } },
  {
    name: 'two large files',
    xml: goodXml({
      attachments: [
        { name: 'a.pdf', content: large },
        { name: 'b.pdf', content: Buffer.concat([large, large]) },
      ],
    }),
  },
]

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] as number) ^ 1
  return copy
}

it.each(cases)('$name is read the same from a spool as in memory', async ({ xml, limits = {} }) => {
  const options = { profile: 'strict', receivedAt: noon, limits } as const
  const bytes = Buffer.from(xml)
  const { signature: _whole, ...whole } = readEnvelope(bytes, options)

  const reader = createEnvelopeReader(options, memorySpool())
  for (let at = 0; at < bytes.length; at += 100_000) reader.write(bytes.subarray(at, at + 100_000))
  const { reading } = await reader.finish()

  const { signature: _parts, ...parts } = reading
  expect(parts).toEqual(whole)
})

it('hands out the documents themselves, unwrapped, and only those too large for memory', async () => {
  const spool = memorySpool()
  const small = { name: 'c.txt', content: Buffer.from('nhỏ') }
  const xml = goodXml({ attachments: [{ name: 'a.pdf', content: large }, small] })
  const reader = createEnvelopeReader({ profile: 'strict', receivedAt: noon }, spool)
  reader.write(Buffer.from(xml))

  const { files } = await reader.finish()

  expect(files.map(({ sha256 }) => sha256)).toEqual([createHash('sha256').update(large).digest('hex')])
  expect(files.map(({ file }) => spool.bytesOf(file).equals(large))).toEqual([true])
})

it('a disk that refuses is no fault of the packet', async () => {
  const spool = memorySpool()
  const full = Object.assign(new Error('no space left'), { syscall: 'write', code: 'ENOSPC' })
  const reader = createEnvelopeReader(
    { profile: 'strict', receivedAt: noon },
    {
      create: () => {
        const file = spool.create()
        // The carried file fits, what is unwrapped does not.
        const append = spool.files.length > 1 ? () => thrown(full) : file.append
        return {
          ...file,
          append,
          get length() {
            return file.length
          },
        }
      },
    },
  )
  reader.write(Buffer.from(withCarried(wrapped)))

  await expect(reader.finish()).rejects.toBe(full)
})

function thrown(error: Error): never {
  throw error
}

it('a checker finds what is wrong with the encoding, and keeps nothing', () => {
  const check = (xml: string) => {
    const reader = createEnvelopeChecker({ profile: 'strict', receivedAt: noon })
    reader.write(Buffer.from(xml))
    return reader.finish()
  }
  const bad = edit(withCarried(large), /.(?==*<\/edXML:ContentTransferEncoded)/, '-')

  expect(verdicts(check(withCarried(large)))).toEqual([])
  expect(check(withCarried(large)).envelope).toMatchObject({ kind: 'document', attachments: [] })
  expect(verdicts(check(bad))).toEqual(['error T.AttachmentEncoded.Attachment.ContentTransferEncoded'])
})

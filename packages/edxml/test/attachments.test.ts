import { createHash, randomBytes } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Base64Decoder } from '../src/attachment/base64-decoder.ts'
import { readEnvelope } from '../src/index.ts'
import { safeFileName } from '../src/read/file-name.ts'
import { edit, entryName, goodXml, noon, pdf, read, verdicts, withCarried, wrapInZip } from './packets.ts'

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const wrapper = wrapInZip(entryName, pdf)
const attachmentCode = 'AttachmentEncoded.Attachment'

function firstAttachment(xml: string) {
  const { envelope } = read(xml)
  return envelope?.kind === 'document' ? envelope.attachments[0] : undefined
}

describe('content', () => {
  it('is unwrapped from the one-entry ZIP, with length and SHA-256 of both', () => {
    expect(firstAttachment(withCarried(wrapper))).toMatchObject({
      wrapped: true,
      sniffedType: 'application/pdf',
      carried: { sha256: sha256(wrapper), sizeBytes: wrapper.length },
      content: { sha256: sha256(pdf), sizeBytes: pdf.length },
    })
  })

  it('is the carried bytes themselves when they are no wrapper', () => {
    expect(firstAttachment(withCarried(pdf))).toMatchObject({ wrapped: false, content: { sha256: sha256(pdf) } })
  })

  it.each([
    { name: 'entry.pdf', attachment: 'a.pdf', wrapped: true },
    { name: 'entry.zip', attachment: 'a.zip', wrapped: false },
    { name: 'entry.doc', attachment: 'a.pdf', wrapped: false },
    { name: entryName, attachment: 'a.zip', wrapped: true },
    { name: entryName, attachment: 'tệp', wrapped: true },
  ])('a ZIP of one entry $name under the name $attachment: wrapper $wrapped', ({ name, attachment, wrapped }) => {
    expect(firstAttachment(withCarried(wrapInZip(name, pdf), attachment))).toMatchObject({ wrapped })
  })

  it('an encrypted entry is not unwrapped', () => {
    const encrypted = Buffer.from(wrapper)
    const central = encrypted.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    encrypted.writeUInt16LE(1, central + 8)

    expect(firstAttachment(withCarried(encrypted))).toMatchObject({ wrapped: false })
  })

  it('Base64 in lines with tabs and CRLF is Base64', () => {
    const lines = wrapper.toString('base64').replaceAll(/(.{20})/g, '$1\r\n\t ')

    expect(firstAttachment(withCarried(lines))).toMatchObject({ wrapped: true })
  })
})

describe('content that is refused (E)', () => {
  const badCrc = Buffer.from(wrapper)
  badCrc.writeUInt32LE(1, badCrc.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 16)
  const bomb = wrapInZip(entryName, Buffer.alloc(1_000_000))
  const liar = Buffer.from(bomb)
  liar.writeUInt32LE(500, liar.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24)

  it.each([
    {
      name: 'an unfilled template',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what such a template holds.
      carried: '${__StringFromFile(test.txt,,,)}',
      code: `T.${attachmentCode}.ContentTransferEncoded`,
    },
    { name: 'nothing', carried: '', code: `N.${attachmentCode}.ContentTransferEncoded` },
    { name: 'blanks', carried: ' \n ', code: `N.${attachmentCode}.ContentTransferEncoded` },
    { name: 'a missing pad', carried: 'QUI', code: `T.${attachmentCode}.ContentTransferEncoded` },
    { name: 'a pad in the middle', carried: 'QQ==QUJD', code: `T.${attachmentCode}.ContentTransferEncoded` },
    { name: 'the URL alphabet', carried: '-_-_', code: `T.${attachmentCode}.ContentTransferEncoded` },
    { name: 'bits under the padding', carried: 'QR==', code: `T.${attachmentCode}.ContentTransferEncoded` },
    { name: 'a wrong CRC', carried: badCrc, code: `M.${attachmentCode}` },
    { name: 'a ZIP cut off', carried: wrapper.subarray(0, wrapper.length - 30), code: `M.${attachmentCode}` },
    { name: 'a ZIP bomb', carried: bomb, code: `R.${attachmentCode}` },
    { name: 'a ZIP bomb that lies about its size', carried: liar, code: `M.${attachmentCode}` },
  ])('$name: $code', ({ carried, code }) => {
    expect(verdicts(read(withCarried(carried)))).toContain(`error ${code}`)
  })

  it('a file over the limit, wrapped or not', () => {
    const options = { profile: 'legacy', receivedAt: noon, limits: { maxFileBytes: 20 } } as const

    for (const carried of [wrapper, pdf]) {
      expect(verdicts(readEnvelope(Buffer.from(withCarried(carried)), options))).toContain(`error R.${attachmentCode}`)
    }
  })

  it('files that together unwrap beyond the limit', () => {
    const file = { name: 'a.bin', content: randomBytes(1000) }
    const options = { profile: 'legacy', receivedAt: noon, limits: { maxUnwrappedBytes: 1500 } } as const

    const reading = readEnvelope(Buffer.from(goodXml({ attachments: [file, file] })), options)

    expect(verdicts(reading)).toEqual([`error R.${attachmentCode}`])
  })

  it('more files than allowed', () => {
    const options = { profile: 'legacy', receivedAt: noon, limits: { maxAttachments: 1 } } as const
    const file = { name: 'a.pdf', content: pdf }

    const reading = readEnvelope(Buffer.from(goodXml({ attachments: [file, file] })), options)

    expect(verdicts(reading)).toEqual(['error R.edXMLManifest.Reference'])
  })
})

describe('a file ruined by a text conversion', () => {
  const ruined = Buffer.from(
    Buffer.concat([Buffer.from('%PDF-1.4\n%'), randomBytes(0), Buffer.from([0xe2, 0xe3, 0xcf, 0xd3])]).toString('utf8'),
  )

  it.each([
    { name: 'a PDF', carried: ruined },
    { name: 'a wrapped PDF', carried: wrapInZip(entryName, ruined) },
    { name: 'a ZIP', carried: Buffer.from(Buffer.concat([wrapper, Buffer.from([0xff, 0xfe, 0xff])]).toString('utf8')) },
  ])('$name is a warning under legacy, refused under strict', ({ carried }) => {
    expect(verdicts(read(withCarried(carried), 'legacy'))).toEqual([`warning M.${attachmentCode}.Damaged`])
    expect(verdicts(read(withCarried(carried), 'strict'))).toEqual([`error M.${attachmentCode}.Damaged`])
  })
})

describe('what does not fit the name is a warning', () => {
  it.each([
    { name: 'noise under .PDF', carried: wrapInZip(entryName, Buffer.from([1, 2, 3])), file: 'a.PDF' },
    { name: 'another extension inside', carried: wrapper, file: 'a.doc' },
    { name: 'text under .pdf', carried: Buffer.from('xin chào'), file: 'a.pdf' },
  ])('$name', ({ carried, file }) => {
    expect(verdicts(read(withCarried(carried, file), 'strict'))).toEqual([`warning M.${attachmentCode}.AttachmentName`])
  })

  it('ContentType is never believed nor judged', () => {
    const packet = edit(withCarried(wrapper), '>application/zip<', '>text/plain<')

    expect(read(packet, 'strict').findings).toEqual([])
  })
})

describe('manifest and attachments', () => {
  const file = { name: 'a.pdf', content: pdf }
  const two = goodXml({ attachments: [file, { ...file, name: 'b.pdf' }] })
  const ids = [...two.matchAll(/cid:([0-9a-f-]+)/g)].map(match => match[1] ?? '')
  const [firstId = '', secondId = ''] = [ids[0], ids[1]]

  it('match with or without cid: in any case', () => {
    const packet = edit(two, `<ContentId>cid:${firstId}`, `<ContentId>${firstId}`)
    const upper = edit(packet, `<ContentId>cid:${secondId}`, `<ContentId>CID:${secondId}`)

    expect(read(upper, 'strict').findings).toEqual([])
  })

  it('a Reference without attachment is refused', () => {
    const packet = edit(two, /<Attachment>.*?<\/Attachment>/s, '')

    expect(verdicts(read(packet))).toEqual(['error N.AttachmentEncoded.Attachment'])
  })

  it('an attachment without Reference is delivered with a warning, refused under strict', () => {
    const packet = edit(two, /<edXML:Reference>.*?<\/edXML:Reference>/s, '')

    expect(verdicts(read(packet, 'legacy'))).toEqual(['warning M.edXMLManifest.Reference'])
    expect(verdicts(read(packet, 'strict'))).toEqual(['error M.edXMLManifest.Reference'])
    expect(read(packet).envelope).toMatchObject({ attachments: [{ name: 'a.pdf' }, { name: 'b.pdf' }] })
  })

  it('the same ContentId twice on either side is refused', () => {
    const packet = two.replaceAll(secondId, firstId)

    expect(verdicts(read(packet))).toContain(`error M.${attachmentCode}.ContentId`)
    expect(verdicts(read(edit(packet, `<ContentId>cid:${firstId}`, '<ContentId>cid:x')))).toContain(
      `error M.${attachmentCode}.ContentId`,
    )
  })

  it('without ids they match by name', () => {
    const packet = two.replaceAll(/<(edXML:)?ContentId>[^<]*<\/(edXML:)?ContentId>/g, '')

    expect(read(packet).envelope).toMatchObject({ attachments: [{ name: 'a.pdf' }, { name: 'b.pdf' }] })
    expect(new Set(verdicts(read(packet, 'strict')))).toEqual(
      new Set(['warning N.edXMLManifest.Reference.ContentId', `warning N.${attachmentCode}.ContentId`]),
    )
  })

  it('without ids and unique names they match by position, with a warning', () => {
    const same = goodXml({ attachments: [file, file] })
    const packet = same.replaceAll(/<(edXML:)?ContentId>[^<]*<\/(edXML:)?ContentId>/g, '')

    expect(verdicts(read(packet, 'strict'))).toContain('warning M.edXMLManifest.Reference.ContentId')
    expect(verdicts(read(packet, 'strict')).filter(verdict => verdict.startsWith('error'))).toEqual([])
  })

  it("the manifest's name counts when the two differ", () => {
    const packet = edit(two, '<AttachmentName>a.pdf', '<AttachmentName>khác.pdf')

    expect(read(packet).envelope).toMatchObject({ attachments: [{ name: 'a.pdf' }, {}] })
    expect(verdicts(read(packet))).toEqual(['warning M.edXMLManifest.Reference.AttachmentName'])
  })

  it('a name over 500 characters is R.AttachmentName', () => {
    const packet = goodXml({ attachments: [{ ...file, name: `${'x'.repeat(500)}.pdf` }] })

    expect(verdicts(read(packet, 'legacy'))).toContain('warning R.AttachmentName')
    expect(verdicts(read(packet, 'strict'))).toContain('error R.AttachmentName')
  })
})

describe('strict Base64', () => {
  it('decodes what Node encodes, with white space anywhere', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.array(fc.constantFrom('\n', ' ', '\t', '\r')), (bytes, blanks) => {
        const text = Buffer.from(bytes).toString('base64')
        const spaced = [...text]
          .map((character, index) => character + (blanks[index % (blanks.length || 1)] ?? ''))
          .join('')
        expect(decodeBase64(spaced)).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it('takes nothing that the grammar does not', () => {
    const grammar = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
    const characters = fc.string({
      unit: fc.constantFrom('A', 'Q', 'g', '=', '+', '/', '-', '_', '$', ' ', '\n', '\u00e9'),
    })
    fc.assert(
      fc.property(characters, text => {
        if (decodeBase64(text) !== undefined) expect(text.replaceAll(/\s/g, '')).toMatch(grammar)
      }),
      { numRuns: 5000 },
    )
  })
})

it.each([
  ['../../etc/passwd', '___.._etc_passwd'],
  ['C:\\temp\\a.pdf', 'C__temp_a.pdf'],
  ['con.txt', 'con_.txt'],
  ['LPT1', 'LPT1_'],
  ['a\u202efdp.exe', 'a_fdp.exe'],
  ['a\u0000b\n.pdf', 'a_b_.pdf'],
  ['..', '__'],
  ['Công văn số 12 (bản chính).SIGNED.PDF', 'Công văn số 12 (bản chính).SIGNED.PDF'],
])('the file name %j is shown as %j', (name, shown) => {
  expect(safeFileName(name)).toBe(shown)
})

it('reads a data descriptor ZIP, whose local header holds zeros, by its central directory', () => {
  const data = deflateRawSync(pdf)
  const whole = Buffer.from(wrapper)
  whole.fill(0, 14, 26)

  expect(data.length).toBeGreaterThan(0)
  expect(firstAttachment(withCarried(whole))).toMatchObject({ wrapped: true, content: { sizeBytes: pdf.length } })
})

/** The bytes that the text stands for; undefined when it is not Base64. */
function decodeBase64(text: string): Buffer | undefined {
  const parts: Buffer[] = []
  const decoder = new Base64Decoder(bytes => parts.push(Buffer.from(bytes)))
  const bytes = Buffer.from(text.replaceAll('\r', '&#xD;'))
  decoder.take(bytes, 0, bytes.length)
  return decoder.end() === 'invalid' ? undefined : Buffer.concat(parts)
}

import { noon } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { bufferSource, type PdfProfile, verifyPdf } from '../../src/index.ts'
import { type Signers, testSigners } from './identities.ts'
import { append, type Objects, type PdfFile, stream, type Update } from './pdf-writer.ts'
import { draft, form, page, signatureOver, signedAgain, signedOnce, textField } from './signed-pdf.ts'

let signers: Signers
let signed: PdfFile

beforeAll(async () => {
  signers = await testSigners()
  signed = signedOnce(signers.agency)
})

async function codesOf(bytes: Buffer, profile: PdfProfile = 'generic'): Promise<readonly string[]> {
  const { verdict, codes, signatures } = await verifyPdf(bufferSource(bytes), { at: noon, profile })
  if (verdict === 'VALID') return codes
  expect(verdict).toBe('INVALID')
  return signatures.length === 0 ? codes : signatures.flatMap(signature => signature.codes)
}

const replaced = (file: PdfFile, from: string | RegExp, to: string) =>
  Buffer.from(file.bytes.toString('latin1').replace(from, to), 'latin1')

describe('what is good', () => {
  it('is VALID when one signature covers the file', async () => {
    expect(await codesOf(signed.bytes)).toEqual(['OK'])
  })

  it('is VALID when each signature covers its revision and the last one the file', async () => {
    expect(await codesOf(signedAgain(signed, signers.receiver).bytes)).toEqual(['OK'])
  })

  it('is VALID with a remark when a form was filled in afterwards', async () => {
    const filled = append(signed, { 7: textField('/V(seen)') })

    expect(await codesOf(filled.bytes)).toEqual(['OK', 'PDF_LATER_REVISION'])
  })

  it('is VALID with a remark when validation data were added', async () => {
    const catalog = '<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R/DSS 30 0 R>>'

    expect(await codesOf(append(signed, { 1: catalog, 30: '<</Certs[]>>' }).bytes)).toEqual([
      'OK',
      'PDF_LATER_REVISION',
    ])
  })

  it('is VALID with a remark when there is a file inside', async () => {
    const base = draft({
      40: '<</Type/Filespec/F(a.txt)/EF<</F 41 0 R>>>>',
      41: stream('x'),
      1: '<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R/AF[40 0 R]>>',
    })

    expect(await codesOf(signedOnce(signers.agency, {}, base).bytes)).toEqual(['OK', 'PDF_ACTIVE_CONTENT'])
  })
})

const contents = /\/Contents <[0-9a-f]+>/
const range = /\/ByteRange \[[^\]]*\]/

describe('universal signature forgery (2019)', () => {
  it.each([
    { move: 'no ByteRange', from: range, to: '', code: 'PDF_COVERAGE' },
    { move: 'ByteRange null', from: range, to: '/ByteRange null', code: 'PDF_COVERAGE' },
    { move: 'ByteRange negative', from: range, to: '/ByteRange [0 -1 -1 -1]', code: 'PDF_COVERAGE' },
    { move: 'ByteRange of zeros', from: range, to: '/ByteRange [0 0 0 0]', code: 'PDF_COVERAGE' },
    { move: 'ByteRange of two numbers', from: range, to: '/ByteRange [0 100]', code: 'PDF_COVERAGE' },
    { move: 'no Contents', from: contents, to: '', code: 'PDF_CMS' },
    { move: 'Contents null', from: contents, to: '/Contents null', code: 'PDF_CMS' },
    { move: 'Contents empty', from: contents, to: '/Contents <>', code: 'PDF_CMS' },
    { move: 'Contents of zeros', from: contents, to: '/Contents <0000>', code: 'PDF_CMS' },
  ])('$move is refused', async ({ from, to, code }) => {
    // In a new revision, so that every offset holds.
    const text = signed.bytes.toString('latin1')
    const [, dictionary = ''] = /\n10 0 obj\n([\s\S]*?)\nendobj/.exec(text) ?? []
    const forged = append(signed, { 10: dictionary.replace(from, to) })

    expect(await codesOf(forged.bytes)).toContain(code)
  })
})

const forgedPage = { 4: stream('BT /F1 12 Tf 72 700 Td (Forged) Tj ET') }

const moves: readonly { readonly move: string; readonly objects: Objects }[] = [
  { move: 'a new page content', objects: forgedPage },
  {
    move: 'a page added',
    objects: { 2: '<</Type/Pages/Kids[3 0 R 50 0 R]/Count 2/MediaBox[0 0 595 842]>>', 50: page([]) },
  },
  { move: 'a page taken out', objects: { 2: '<</Type/Pages/Kids[]/Count 0/MediaBox[0 0 595 842]>>' } },
  {
    move: 'an annotation over the text',
    objects: {
      3: page(['7 0 R', '11 0 R', '50 0 R']),
      50: '<</Type/Annot/Subtype/FreeText/Rect[72 690 300 720]/Contents(Forged)>>',
    },
  },
  { move: 'another box of the page', objects: { 2: '<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 100 100]>>' } },
  { move: 'the signature taken out of the form', objects: { 6: form(['7 0 R']), 3: page(['7 0 R']) } },
  {
    move: 'the signature hidden',
    objects: {
      11: '<</Type/Annot/Subtype/Widget/FT/Sig/T(Sig10)/F 2/Rect[300 100 420 160]/P 3 0 R/V 10 0 R/AP<</N 12 0 R>>>>',
    },
  },
  {
    move: 'another image of the signature',
    objects: { 12: stream('1 0 0 rg 0 0 90 90 re f', '/Type/XObject/Subtype/Form/BBox[0 0 120 60]') },
  },
  {
    move: 'JavaScript at opening',
    objects: { 1: '<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R/OpenAction<</S/JavaScript/JS(app.alert)>>>>' },
  },
  {
    move: 'a layer that hides',
    objects: { 1: '<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R/OCProperties<</OCGs[]/D<</OFF[]>>>>>>' },
  },
  {
    move: 'fields drawn anew by viewers',
    objects: { 6: '<</Fields[7 0 R 11 0 R]/SigFlags 3/NeedAppearances true>>' },
  },
  {
    move: 'a text field added',
    objects: { 6: form(['7 0 R', '11 0 R', '50 0 R']), 50: textField('').replace('note', 'more') },
  },
]

describe('incremental saving and wrapping (2019)', () => {
  it.each(moves)('$move is refused', async ({ objects }) => {
    expect(await codesOf(append(signed, objects).bytes)).toEqual(expect.arrayContaining(['PDF_CHANGED_AFTER_SIGNING']))
    expect(await codesOf(append(signed, objects).bytes, 'vn-issued')).not.toContain('OK')
  })

  it.each([
    { move: 'objects without a cross-reference', tail: '4 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n' },
    { move: 'a trailer without a cross-reference', tail: 'trailer\n<</Root 1 0 R>>\n' },
    { move: 'the old cross-reference named again', tail: '4 0 obj\n(x)\nendobj\nstartxref\nOLD\n%%EOF\n' },
    { move: 'a line end', tail: '\n' },
    { move: 'a zero', tail: '\0' },
  ])('$move after the signature is refused', async ({ tail }) => {
    const text = tail.replace('OLD', String(signed.startXref))

    expect(await codesOf(Buffer.concat([signed.bytes, Buffer.from(text)]))).not.toContain('OK')
  })

  it('refuses a gap that holds more than the signature', async () => {
    const start = signed.bytes.indexOf('/Contents <') + '/Contents '.length
    const end = signed.bytes.indexOf('>', start) + 1
    const wrapped = append(signed, { 60: '(free)' })
    const bytes = Buffer.from(wrapped.bytes)
    const digits = (value: number) => String(value).padStart(10, '0')
    bytes.write(
      `/ByteRange [0 ${digits(start)} ${digits(end + 40)} ${digits(bytes.length - end - 40)}]`,
      bytes.indexOf('/ByteRange'),
      'latin1',
    )

    expect(await codesOf(bytes)).toContain('PDF_COVERAGE')
  })
})

describe('shadow attacks (2021)', () => {
  it('hide: an object freed that covered the text', async () => {
    const base = draft({
      3: '<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 50 0 R>>>>/Annots[7 0 R]>>',
      50: stream('q', '/Subtype/Form'),
    })
    const covered = '<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 50 0 R>>>>/Annots[7 0 R 11 0 R]>>'
    const once = signedOnce(signers.agency, { objects: { 3: covered, 6: form(['7 0 R', '11 0 R']) } }, base)
    expect(await codesOf(once.bytes)).toEqual(['OK'])

    expect(await codesOf(append(once, {}, { freed: [50] }).bytes)).toEqual(['PDF_CHANGED_AFTER_SIGNING'])
  })

  it('replace: a font that spells other words', async () => {
    expect(await codesOf(append(signed, { 5: '<</Type/Font/Subtype/Type3>>' }).bytes)).toEqual([
      'PDF_CHANGED_AFTER_SIGNING',
    ])
  })

  it('replace: a field that looks other than its value', async () => {
    const field = textField('/AP<</N 50 0 R>>')

    const shadow = append(signed, { 7: field, 50: stream('(Forged) Tj', '/Subtype/Form/BBox[0 0 9 9]') })

    expect(await codesOf(shadow.bytes)).toEqual(['PDF_CHANGED_AFTER_SIGNING'])
  })

  it('hide and replace: a cross-reference to content that lay ready', async () => {
    const ready = '4 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n'
    const base = append(draft(), {}, { stray: ready })
    const once = signedOnce(signers.agency, {}, base)
    expect(await codesOf(once.bytes)).toEqual(['OK'])
    const update: Update = { offsets: { 4: base.bytes.indexOf(ready) } }

    expect(await codesOf(append(once, {}, update).bytes)).toEqual(['PDF_CHANGED_AFTER_SIGNING'])
  })

  it('content between the objects of an update', async () => {
    const update = append(signed, { 7: textField('/V(x)') }, { stray: '4 0 obj\n(x)\nendobj\n' })

    expect(await codesOf(update.bytes)).toEqual(['PDF_CHANGED_AFTER_SIGNING'])
  })
})

const docMdp = (level: number) =>
  `/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2/P ${level}>>>>]`

describe('certified documents (2021)', () => {
  const certified = (level: number) => signedOnce(signers.agency, { entries: docMdp(level) })

  it('evil annotation: P 3 lets nobody write over the text', async () => {
    const note = '<</Type/Annot/Subtype/Stamp/Rect[72 690 300 720]>>'

    const evil = append(certified(3), { 3: page(['7 0 R', '11 0 R', '50 0 R']), 50: note })

    expect(await codesOf(evil.bytes)).toEqual(['PDF_CHANGED_AFTER_SIGNING'])
  })

  it('sneaky signature: P 2 lets no image of a new signature on the page', async () => {
    expect(await codesOf(signedAgain(certified(2), signers.receiver).bytes)).toContain('PDF_CHANGED_AFTER_SIGNING')
  })

  it('P 1 permits no form filling, P 2 does', async () => {
    const filled = { 7: textField('/V(seen)') }

    expect(await codesOf(append(certified(1), filled).bytes)).toEqual(['PDF_CHANGED_AFTER_SIGNING'])
    expect(await codesOf(append(certified(2), filled).bytes)).toEqual(['OK', 'PDF_LATER_REVISION'])
  })

  it('a locked field stays as it is', async () => {
    const lock =
      '/Reference[<</Type/SigRef/TransformMethod/FieldMDP/TransformParams<</Action/Include/Fields[(note)]>>>>]'
    const locked = signedOnce(signers.agency, { entries: lock })

    expect(await codesOf(append(locked, { 7: textField('/V(seen)') }).bytes)).toEqual(['PDF_CHANGED_AFTER_SIGNING'])
  })

  it('an image over more than half of the page is an overlay', async () => {
    const again = signedAgain(signed, signers.receiver, { rect: '0 0 595 842' })

    expect(await codesOf(again.bytes)).toContain('PDF_CHANGED_AFTER_SIGNING')
  })

  it('a signature field that runs something is refused', async () => {
    const again = signedAgain(signed, signers.receiver, { field: '/A<</S/Launch/F(a.exe)>>' })

    expect(await codesOf(again.bytes)).toContain('PDF_CHANGED_AFTER_SIGNING')
  })
})

describe('signatures of a kind that is not taken', () => {
  it.each([
    { subFilter: 'adbe.pkcs7.sha1', code: 'ALGORITHM_NOT_ALLOWED' },
    { subFilter: 'adbe.x509.rsa_sha1', code: 'ALGORITHM_NOT_ALLOWED' },
    { subFilter: 'adbe.pkcs7.s5', code: 'PDF_UNSUPPORTED' },
    { subFilter: 'Own', code: 'PDF_UNSUPPORTED' },
  ])('$subFilter is refused as $code', async ({ subFilter, code }) => {
    expect(await codesOf(signedOnce(signers.agency, { subFilter }).bytes)).toContain(code)
  })

  it('refuses bytes behind the CMS object', async () => {
    const contents = (covered: Buffer) => Buffer.concat([signatureOver(covered, signers.agency), Buffer.from('hidden')])

    expect(await codesOf(signedOnce(signers.agency, { contents }).bytes)).toContain('PDF_CMS')
  })

  it('refuses CAdES without the digest of its certificate', async () => {
    const changes = signedOnce(signers.agency, { cms: { signedAttributes: undefined } })

    expect(await codesOf(changes.bytes)).not.toContain('OK')
  })

  it('refuses one changed byte', async () => {
    expect(await codesOf(replaced(signed, 'Quyet', 'Quyen'))).toContain('DIGEST_MISMATCH')
  })
})

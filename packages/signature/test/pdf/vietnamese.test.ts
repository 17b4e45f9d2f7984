import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { itWithPrograms, noon } from '@docaxis/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { bufferSource, type PdfQuestion, pdfSentences, verifyPdf } from '../../src/index.ts'
import { type Signers, testSigners } from './identities.ts'
import { append, type Objects, type PdfFile, stream } from './pdf-writer.ts'
import { draft, form, page, signedAgain, signedOnce } from './signed-pdf.ts'

let signers: Signers

beforeAll(async () => {
  signers = await testSigners()
})

const judge = ({ bytes }: PdfFile, changes: Partial<PdfQuestion> = {}) =>
  verifyPdf(bufferSource(bytes), { at: noon, profile: 'vn-issued', ...changes })
const rolesIn = ({ signatures }: Awaited<ReturnType<typeof judge>>) => signatures.map(({ role }) => role)

const noteAt = (rect: string) => `<</Type/Annot/Subtype/FreeText/Rect[${rect}]/Contents(So: 12/QD)/DA(/F1 12 Tf)>>`
const number = '72 780 200 800'

/** The official signs, number and date are written, the agency seals. */
function issued(rect = number): PdfFile {
  const first = signedOnce(signers.official)
  const numbered = append(first, { 3: page(['7 0 R', '11 0 R', '30 0 R']), 30: noteAt(rect) })
  const objects = { 3: page(['7 0 R', '11 0 R', '30 0 R', '21 0 R']), 6: form(['7 0 R', '11 0 R', '21 0 R']) }
  return signedAgain(numbered, signers.agency, { objects })
}

describe('an issued document', () => {
  it('is VALID with every step told', async () => {
    const verdict = await judge(issued())

    expect(verdict).toMatchObject({ verdict: 'VALID', codes: ['OK', 'PDF_LATER_REVISION'], role: 'issued' })
    expect(rolesIn(verdict)).toEqual(['official', 'seal'])
    const [first] = verdict.signatures
    expect(first?.signer).toEqual({
      kind: 'official',
      name: 'Trần Văn A',
      position: 'Chủ tịch',
      organization: 'UBND tỉnh H99',
    })
    expect(first?.changesAfter.map(({ kind, allowed }) => [kind, allowed])).toContainEqual(['number-and-date', true])
  })

  it('is VALID with its signers under trust', async () => {
    const verdict = await judge(issued(), { trust: signers.authority.trust() })

    expect(verdict).toMatchObject({ verdict: 'VALID', scope: 'full' })
    const [sentence, kind] = pdfSentences(verdict)
    expect(sentence?.vi).toContain('Trần Văn A (Chủ tịch, UBND tỉnh H99)')
    expect(kind?.vi).toBe('Loại: văn bản đã ký và đóng dấu phát hành.')
  })

  it('is not called valid when nobody was asked who signed', async () => {
    const verdict = await judge(issued())

    expect(verdict).toMatchObject({ scope: 'integrity' })
    expect(verdict.notChecked).toEqual([
      'signer',
      'path',
      'revocation',
      'time-stamp',
      'signing-time',
      'agency',
      'content',
    ])
    for (const { vi, en } of pdfSentences(verdict)) expect(`${vi}${en}`).not.toMatch(/hợp lệ|\bvalid\b/)
  })

  it('is INVALID when a signer is revoked', async () => {
    const verdict = await judge(issued(), { trust: signers.authority.trust([signers.official]) })

    expect(verdict).toMatchObject({ verdict: 'INVALID', code: 'CERTIFICATE_REVOKED' })
    expect(verdict.signatures.map(each => each.verdict)).toEqual(['INVALID', 'VALID'])
  })

  it.each([
    { place: 'over the text', rect: '72 300 200 320' },
    { place: 'over half of the page', rect: '0 421 595 842' },
  ])('is INVALID with a note $place', async ({ rect }) => {
    expect(await judge(issued(rect))).toMatchObject({ verdict: 'INVALID', code: 'PDF_CHANGED_AFTER_SIGNING' })
  })

  it('is INVALID by the generic profile, which knows no numbers', async () => {
    expect(await judge(issued(), { profile: 'generic' })).toMatchObject({ code: 'PDF_CHANGED_AFTER_SIGNING' })
  })

  it('is INVALID when anything comes after the seal', async () => {
    const catalog = '<</Type/Catalog/Pages 2 0 R/AcroForm 6 0 R/DSS 40 0 R>>'

    const additions: readonly Objects[] = [{ 1: catalog, 40: '<</Certs[]>>' }, { 99: '(unused)' }]
    for (const objects of additions) {
      expect(await judge(append(issued(), objects))).toMatchObject({ code: 'PDF_CHANGED_AFTER_SIGNING' })
    }
  })

  it('is INVALID when a number was written and no agency sealed it', async () => {
    const numbered = append(signedOnce(signers.official), {
      3: page(['7 0 R', '11 0 R', '30 0 R']),
      30: noteAt(number),
    })
    const objects = { 3: page(['7 0 R', '11 0 R', '30 0 R', '21 0 R']), 6: form(['7 0 R', '11 0 R', '21 0 R']) }

    expect(await judge(signedAgain(numbered, signers.official, { objects }))).toMatchObject({
      code: 'PDF_CHANGED_AFTER_SIGNING',
    })
  })
})

const image = stream('/I Do', '/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</I 13 0 R>>>>')
const seal = {
  3: page(['7 0 R', '11 0 R']),
  6: form(['7 0 R', '11 0 R']),
  12: image,
  13: stream('x', '/Subtype/Image'),
}

describe('roles', () => {
  it.each([
    {
      what: 'one seal with its image at the top right: a digitised copy',
      role: 'digitised-copy',
      wish: { rect: '450 780 580 830', objects: seal },
    },
    {
      what: 'one seal without image at the top right: an appendix',
      role: 'appendix',
      wish: { rect: '450 780 580 830' },
    },
    { what: 'one seal elsewhere: sealed', role: 'sealed', wish: {} },
    { what: 'what the signer says: a certified copy', role: 'certified-copy', wish: { entries: '/Reason(SAO Y)' } },
  ])('$what', async ({ role, wish }) => {
    expect(await judge(signedOnce(signers.agency, wish))).toMatchObject({ verdict: 'VALID', role })
  })

  it('earlier signatures inside, and a seal at the top right: a certified copy', async () => {
    const copy = signedAgain(signedOnce(signers.agency), signers.receiver, { rect: '450 780 580 830' })

    expect(await judge(copy)).toMatchObject({ verdict: 'VALID', role: 'certified-copy' })
  })

  it('another agency after the seal: an incoming mark', async () => {
    const verdict = await judge(signedAgain(signedOnce(signers.agency), signers.receiver, { rect: '20 600 140 660' }))

    expect(verdict.role).toBe('received')
    expect(rolesIn(verdict)).toEqual(['seal', 'incoming-mark'])
  })
})

describe('pdfsig', () => {
  itWithPrograms('pdfsig')('calls valid what is built as good here', () => {
    const folder = mkdtempSync(join(tmpdir(), 'docaxis-pdfsig-'))
    try {
      for (const file of [signedOnce(signers.agency, {}, draft()), issued()]) {
        const path = join(folder, 'a.pdf')
        writeFileSync(path, file.bytes)

        const { stdout } = spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' })

        expect(stdout).toContain('Signature is Valid')
        expect(stdout).not.toMatch(/Signature is Invalid|Digest Mismatch/)
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

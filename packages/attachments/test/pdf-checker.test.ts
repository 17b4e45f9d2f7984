import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from '@docaxis/pki/authority'
import { bufferSource, pdfSentences, repeatPdf } from '@docaxis/signature'
import { noon, type TestAuthority, testAuthority, testPdf } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPdfChecker } from '../src/index.ts'

const checker = createPdfChecker()
let authority: TestAuthority
let seal: Identity

beforeAll(async () => {
  authority = await testAuthority()
  seal = await authority.seal('G99', { keyType: 'ec' })
})
afterAll(() => checker.close())

const check = (bytes: Buffer, trust = authority.trust()) => checker.check({ bytes }, { trust, at: noon })

it('judges a signed PDF in a thread, with the trust it is handed', async () => {
  const { verdict, evidence } = await check(testPdf({ signer: seal }))

  expect(verdict).toMatchObject({ verdict: 'VALID', code: 'OK', state: 'valid' })
  expect(evidence.map(({ kind }) => kind).sort()).toEqual(['certificate', 'certificate', 'crl'])
})

it('judges the same of a file on disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-pdf-'))
  const path = join(folder, 'a.pdf')
  const bytes = testPdf({ signer: seal, ballast: 2_000_000 })
  await writeFile(path, bytes)

  const trust = authority.trust()
  const fromDisk = await checker.check({ path }, { trust, at: noon })

  expect(fromDisk.verdict).toEqual((await check(bytes, trust)).verdict)
  await rm(folder, { recursive: true })
})

it.each([
  { file: 'without a signature', code: 'NOT_SIGNED', make: () => testPdf() },
  { file: 'that is none', code: 'PDF_UNSUPPORTED', make: () => Buffer.from('not a PDF') },
  {
    file: 'with one letter changed',
    code: 'DIGEST_MISMATCH',
    make: () => Buffer.from(testPdf({ signer: seal }).toString('latin1').replace('Quyet', 'Quyen'), 'latin1'),
  },
])('a file $file is never valid', async ({ code, make }) => {
  const { verdict } = await check(make())

  expect(verdict).toMatchObject({ verdict: 'INVALID', code })
})

it('sees a new revocation list with the next file', async () => {
  const bytes = testPdf({ signer: seal })
  const before = await check(bytes)

  const after = await check(bytes, authority.trust([seal]))

  expect([before.verdict.code, after.verdict.code]).toEqual(['OK', 'CERTIFICATE_REVOKED'])
})

it('names what the verdict rests on, from which alone it is repeated', async () => {
  const bytes = testPdf({ signer: seal })
  const { verdict, evidence } = await check(bytes)

  const again = await repeatPdf(bufferSource(bytes), verdict, evidence)
  const withoutLists = await repeatPdf(
    bufferSource(bytes),
    verdict,
    evidence.filter(({ kind }) => kind !== 'crl'),
  )

  expect(verdict).toMatchObject(again)
  expect(withoutLists).toMatchObject({ verdict: 'INDETERMINATE', code: 'REVOCATION_UNAVAILABLE' })
})

it('leaves a file open that takes too long, in words, and goes on with the next', async () => {
  const worker = new URL('./hanging-worker.ts', import.meta.url)
  const impatient = createPdfChecker({ worker, longestMs: 50 })

  const first = await impatient.check({ bytes: testPdf({ signer: seal }) }, { trust: authority.trust(), at: noon })
  const second = await impatient.check({ bytes: testPdf() }, { trust: authority.trust(), at: noon })
  await impatient.close()

  expect(first.verdict).toMatchObject({
    verdict: 'INDETERMINATE',
    code: 'PDF_NOT_FINISHED',
    state: 'not-verifiable',
    rule: 'V59',
    scope: 'full',
  })
  expect(second.verdict.code).toBe('PDF_NOT_FINISHED')
  expect(
    pdfSentences(first.verdict)
      .map(({ vi }) => vi)
      .join(' '),
  ).toMatch(/Chưa kết luận được.*quá nặng.*Thử lại/)
})

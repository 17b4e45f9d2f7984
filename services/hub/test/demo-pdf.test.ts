import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from '@docaxis/pki/authority'
import { bufferSource, verifyPdf } from '@docaxis/signature'
import { itWithPrograms, noon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { beforeAll, expect, it } from 'vitest'
import { samplePdf } from '../src/demo/sample-pdf.ts'
import { signPdf } from '../src/demo/sign-pdf.ts'

let authority: TestAuthority
let official: Identity
let agency: Identity

beforeAll(async () => {
  authority = await testAuthority()
  official = await authority.seal('H99', {
    subject: { commonName: 'Cao Văn Lúa', title: 'Chủ tịch', organization: 'UBND tỉnh H99', country: 'VN' },
  })
  agency = await authority.seal('H99', {
    keyType: 'ec',
    subject: { commonName: 'UBND tỉnh H99', organization: 'UBND tỉnh H99', country: 'VN' },
  })
})

function issued(): Buffer {
  const signed = signPdf(samplePdf(['Một trang']), { identity: official, name: 'Cao Văn Lúa', at: [330, 160] }, noon)
  return signPdf(signed, { identity: agency, name: 'UBND tỉnh H99', at: [330, 220] }, noon).bytes
}

it('a letter of the demo is issued as Decree 30/2020 has it: the official, then the seal over everything', async () => {
  const question = { trust: authority.trust(), at: noon, profile: 'vn-issued' } as const

  const verdict = await verifyPdf(bufferSource(issued()), question)

  expect(verdict).toMatchObject({ verdict: 'VALID', role: 'issued', activeContent: [] })
  expect(verdict.signatures).toMatchObject([
    { role: 'official', signer: { name: 'Cao Văn Lúa', position: 'Chủ tịch' }, coversDocument: false },
    { role: 'seal', signer: { organization: 'UBND tỉnh H99' }, coversDocument: true, claimedAt: noon.toISOString() },
  ])
})

itWithPrograms('pdfsig')('pdfsig finds both signatures valid', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docaxis-demo-pdf-'))
  try {
    writeFileSync(join(folder, 'letter.pdf'), issued())
    const said = execFileSync('pdfsig', ['-nocert', join(folder, 'letter.pdf')], { encoding: 'utf8' })

    expect(said.match(/Signature is Valid/g)).toHaveLength(2)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

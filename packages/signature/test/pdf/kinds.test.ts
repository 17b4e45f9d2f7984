import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createTrust, parseCrl, parseSignedData, type Trust, writePem } from '@docaxis/pki'
import { daysFromNoon, itWithPrograms, noon } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'
import { bufferSource, verifyPdf } from '../../src/index.ts'
import { type Signers, testSigners } from './identities.ts'
import { hybridFile, plainFile, qpdfFile, type Signable, signedIn } from './kinds-of-files.ts'
import { opensslSigners, type Signing, stampAttribute } from './kinds-of-signers.ts'
import type { PdfFile } from './pdf-writer.ts'
import { signatureOver } from './signed-pdf.ts'

const it = itWithPrograms('openssl', 'qpdf', 'pdfsig')

const files: Readonly<Record<string, () => Signable>> = {
  'with a table': plainFile,
  linearized: () => qpdfFile('--linearize'),
  'linearized, with object streams': () => qpdfFile('--linearize', '--object-streams=generate'),
  'with object streams': () => qpdfFile('--object-streams=generate'),
  'of both kinds of cross-reference': hybridFile,
}
const rsa = ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
const pssLimits = ['rsa_pss_keygen_md:sha256', 'rsa_pss_keygen_mgf1_md:sha256', 'rsa_pss_keygen_saltlen:32']
const pss = ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:32']
const pssAlone = 'a key for RSA-PSS alone'
const keys: Readonly<Record<string, readonly [key: readonly string[], options?: readonly string[]]>> = {
  RSA: [rsa],
  'RSA with PSS padding': [rsa, pss],
  [pssAlone]: [
    ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048', ...pssLimits.flatMap(limit => ['-pkeyopt', limit])],
    pss,
  ],
  'P-256': [['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  'P-521': [['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521']],
}

let signers: Signers
let openssl: ReturnType<typeof opensslSigners>
let list: Buffer
let trust: Trust

beforeAll(async () => {
  signers = await testSigners()
  openssl = opensslSigners(signers.authority)
  // openssl stamps by the clock of the machine, years before noon: one list speaks of all that time.
  const span = { thisUpdate: daysFromNoon(-1800), nextUpdate: daysFromNoon(1800) }
  list = signers.authority.crl({ ...span, revoked: [], number: 1 })
  trust = createTrust({ anchors: [signers.authority.certificate], crls: [parseCrl(list)] })
})
afterAll(() => rmSync(openssl.folder, { recursive: true, force: true }))

const judge = ({ bytes }: PdfFile) => verifyPdf(bufferSource(bytes), { at: noon, profile: 'generic', trust })
const signedBy = (file: Signable, contents: Signing): PdfFile => signedIn(file, { by: signers.agency, contents })

it.each(Object.keys(files))('judges a signature in a PDF %s as pdfsig does', async kind => {
  const signed = signedBy(files[kind]?.() ?? plainFile(), covered => signatureOver(covered, signers.agency))
  const forged = { ...signed, bytes: Buffer.from(signed.bytes) }
  forged.bytes[forged.bytes.indexOf('Quyet') > 0 ? forged.bytes.indexOf('Quyet') : 20] = 0x58

  expect(await judge(signed)).toMatchObject({
    verdict: 'VALID',
    signatures: [{ verdict: 'VALID', coversDocument: true }],
  })
  expect(openssl.pdfsig(signed.bytes)).toContain('Signature is Valid')
  expect(await judge(forged)).toMatchObject({ verdict: 'INVALID' })
  expect(openssl.pdfsig(forged.bytes)).not.toContain('Signature is Valid')
})

it.each(Object.keys(keys))('judges a signature of openssl by %s as openssl and pdfsig do', async kind => {
  const [key = rsa, options] = keys[kind] ?? []
  const signing = await openssl.signer('signer', key, options)
  let accepted = false
  const signed = signedBy(plainFile(), covered => {
    const cms = signing(covered)
    accepted = openssl.accepts(cms, covered)
    return cms
  })

  expect(await judge(signed)).toMatchObject({ verdict: 'VALID', scope: 'full', signatures: [{ verdict: 'VALID' }] })
  expect(accepted).toBe(true)
  // NSS, which pdfsig asks, reads no key that is for RSA-PSS alone.
  if (kind !== pssAlone) expect(openssl.pdfsig(signed.bytes)).toContain('Signature is Valid')
})

/** Valid by the clock of the machine as well. */
const lasting = { notBefore: daysFromNoon(-1826) }

/** The signature of an RSA key is the same each time, so the stamp fits the signature made again around it. */
async function stampedSignature(): Promise<PdfFile> {
  const by = await signers.authority.seal('H99', lasting)
  const stamp = openssl.stamper(await signers.authority.timeStamper())
  return signedBy(plainFile(), covered => {
    const [signer] = parseSignedData(signatureOver(covered, by)).signers
    if (!signer) throw new Error('no signer')
    return signatureOver(covered, by, { unsignedAttributes: [stampAttribute(stamp(signer.signature))] })
  })
}

/** Signed, and behind it a document time stamp. */
async function stampedDocument(): Promise<PdfFile> {
  const stamp = openssl.stamper(await signers.authority.timeStamper())
  const by = await signers.authority.seal('H99', lasting)
  const signed = signedBy(plainFile(), covered => signatureOver(covered, by))
  const fields = `/Fields[7 0 R ${signed.size + 1} 0 R]`
  const catalog = `<</Type/Catalog/Pages 2 0 R/AcroForm<<${fields}/SigFlags 3>>>>`
  const { text } = plainFile().page
  const page = `${text.slice(0, -2)}/Annots[7 0 R ${signed.size + 1} 0 R]>>`
  return signedIn(
    { file: signed, catalog, page: { number: 3, text: page } },
    {
      by: signers.agency,
      subFilter: 'ETSI.RFC3161',
      rect: '0 0 0 0',
      contents: stamp,
      objects: { 1: catalog, 3: page },
    },
  )
}

it('takes the time of a signature from a stamp of openssl', async () => {
  const signed = await stampedSignature()

  const { verdict, signatures } = await judge(signed)

  expect(verdict).toBe('VALID')
  expect(signatures).toMatchObject([{ verdict: 'VALID', timeSource: 'signature-time-stamp' }])
  expect(openssl.pdfsig(signed.bytes)).toContain('Signature is Valid')
})

it('takes the time of a signature from a document time stamp of openssl', async () => {
  const { verdict, signatures } = await judge(await stampedDocument())

  expect(verdict).toBe('VALID')
  expect(signatures).toMatchObject([
    { kind: 'signature', verdict: 'VALID', timeSource: 'document-time-stamp' },
    { kind: 'time-stamp', verdict: 'VALID' },
  ])
})

it('answers all of them through the command', async () => {
  const signing = await openssl.signer('one', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'])
  const made = [
    ...Object.values(files).map(make => signedBy(make(), signing)),
    await stampedSignature(),
    await stampedDocument(),
  ]
  const shared = {
    anchors: [openssl.file('anchor.pem', signers.authority.certificatePem)],
    crls: [openssl.file('list.pem', writePem(list, 'X509 CRL'))],
    at: noon,
  }
  const lines = made.map(({ bytes }, id) => ({ id, file: openssl.file(`${id}.pdf`, bytes), ...shared }))
  const manifest = openssl.file('manifest.jsonl', lines.map(line => JSON.stringify(line)).join('\n'))

  const main = join(import.meta.dirname, '../../../client/src/command/main.ts')
  const { stdout } = spawnSync(process.execPath, [main, 'verify', 'pdf', '--batch', manifest], { encoding: 'utf8' })

  const verdicts = stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line).verdict)
  expect(verdicts).toEqual(made.map(() => 'VALID'))
})

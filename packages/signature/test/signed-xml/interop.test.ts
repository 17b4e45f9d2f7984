import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePem } from '@docaxis/pki'
import { itWithPrograms, noon, testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SignedXml } from 'xml-crypto'
import { verifySignedXml } from '../../src/index.ts'
import { type Signer, signerWith } from './identities.ts'
import { enveloped, exclusiveUri, forms, rsaSha256, type SignWish, signXml, template } from './signing.ts'

const folder = mkdtempSync(join(tmpdir(), 'docaxis-signed-xml-'))
const itWithXmlsec = itWithPrograms('xmlsec1')
const more = 'http://www.w3.org/2001/04/xmldsig-more#'

let signers: { readonly rsa: Signer; readonly p384: Signer }

beforeAll(async () => {
  const authority = await testAuthority()
  signers = { rsa: await signerWith('rsa', authority), p384: await signerWith('p384', authority) }
  for (const [name, { key, certificate }] of Object.entries(signers)) {
    writeFileSync(join(folder, `${name}-key.pem`), key.export({ format: 'pem', type: 'pkcs8' }))
    writeFileSync(join(folder, `${name}-cert.pem`), writePem(certificate.der, 'CERTIFICATE'))
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

function xmlsec(...args: readonly string[]): void {
  execFileSync('xmlsec1', args, { cwd: folder, stdio: 'pipe' })
}

/** Name spaces that only some of it uses, xml:lang above, text that canonical forms rewrite. */
const around = (content: string) =>
  `<?xml version="1.0"?><?keep me?><r xmlns="urn:r" xmlns:un="urn:unused" xml:lang="vi"><h a='1>2'>Kính &gt; "gửi"&#13;</h>${content}</r>`

type CanonicalUri = keyof typeof forms

interface Document {
  readonly place: string
  readonly document: string
  readonly uri: string
  readonly transforms: readonly string[]
  readonly objects?: string
}

const documents: readonly Document[] = [
  { place: 'enveloped by the document', document: around('<!--sign-->'), uri: '', transforms: [enveloped] },
  {
    place: 'enveloped by an element',
    document: around('<p Id="x"><q/><!--sign--></p>'),
    uri: '#x',
    transforms: [enveloped],
  },
  { place: 'beside an element', document: around('<p Id="x"><q/></p><!--sign-->'), uri: '#x', transforms: [] },
  {
    place: 'around an Object',
    document: '<!--sign-->',
    uri: '#x',
    transforms: [],
    objects: '<ds:Object Id="x"><p xmlns="urn:p" xml:space="preserve"/></ds:Object>',
  },
]

const methods = [
  { signer: 'rsa', method: rsaSha256, hash: 'sha256' },
  { signer: 'rsa', method: `${more}rsa-sha512`, hash: 'sha512' },
  { signer: 'p384', method: `${more}ecdsa-sha384`, hash: 'sha384' },
] as const

interface Case extends Document {
  readonly c14n: CanonicalUri
  readonly signer: keyof typeof signers
  readonly method: string
  readonly hash: string
}

const cases: readonly Case[] = documents.flatMap(document =>
  (Object.keys(forms) as CanonicalUri[]).flatMap(c14n => methods.map(method => ({ ...document, c14n, ...method }))),
)

function wishOf({ c14n, uri, transforms, method, hash, signer, objects }: Case): SignWish {
  const references = [{ uri, transforms: [...transforms, c14n] }]
  return { key: signers[signer].key, c14n, method, hash, objects, references }
}

const idAttributes = ['--id-attr:Id', 'urn:r:p', '--id-attr:Id', 'http://www.w3.org/2000/09/xmldsig#:Object']

itWithXmlsec.each(cases)('agrees with xmlsec1 on $method, $c14n, $place', one => {
  const { signer, document } = one
  const unsigned = document.replace('<!--sign-->', template(wishOf(one)).replace(/>(DIGEST|VALUE)</g, '><'))
  writeFileSync(join(folder, 'unsigned.xml'), unsigned)
  writeFileSync(join(folder, 'ours.xml'), signXml(document, wishOf(one)))

  xmlsec('--sign', ...idAttributes, '--privkey-pem', `${signer}-key.pem`, '--output', 'theirs.xml', 'unsigned.xml')
  const theirs = verifySignedXml(readFileSync(join(folder, 'theirs.xml')), {
    certificates: [signers[signer].certificate],
    at: noon,
  })

  expect(theirs).toMatchObject({ verdict: 'VALID' })
  expect(() => xmlsec('--verify', ...idAttributes, '--pubkey-cert-pem', `${signer}-cert.pem`, 'ours.xml')).not.toThrow()
})

it('takes what xml-crypto signs, with a list of prefixes', () => {
  const { key, certificate } = signers.rsa
  const oracle = new SignedXml({
    privateKey: key.export({ format: 'pem', type: 'pkcs8' }),
    canonicalizationAlgorithm: exclusiveUri,
    signatureAlgorithm: rsaSha256,
  })
  oracle.addReference({
    xpath: "//*[local-name(.)='p']",
    transforms: [exclusiveUri],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    inclusiveNamespacesPrefixList: ['un', 'xs'],
  })
  oracle.computeSignature('<r xmlns:un="urn:un"><p Id="x" xmlns:xs="urn:xs"><q/></p></r>', {
    location: { reference: "//*[local-name(.)='r']", action: 'append' },
  })

  const signed = Buffer.from(oracle.getSignedXml())

  expect(verifySignedXml(signed, { certificates: [certificate], at: noon })).toMatchObject({
    verdict: 'VALID',
    covers: 'part',
  })
  expect(signed.toString()).toContain('PrefixList="un xs"')
})

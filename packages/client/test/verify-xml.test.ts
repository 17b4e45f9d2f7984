import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDocument } from '@docaxis/edxml'
import { writePem } from '@docaxis/pki'
import { type Authority, createAuthority, type Identity } from '@docaxis/pki/authority'
import { signEnvelope } from '@docaxis/signature'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'

const noon = new Date('2030-01-15T05:00:00Z')
const years = (count: number) => new Date(noon.getTime() + count * 365 * 86_400_000)
const at = ['--at', noon.toISOString()]

let folder: string
let authority: Authority
let seal: Identity
let sealed: Buffer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-verify-'))
  authority = await createAuthority({ name: 'Test CA', notBefore: years(-5), notAfter: years(5), keyType: 'ec' })
  seal = await identity('Văn phòng G99')
  sealed = signEnvelope(packet(), { privateKey: seal.privateKey, certificates: [seal.certificate] })
  const other = await identity('Another office')
  const list = authority.crl({ thisUpdate: years(-0.001), nextUpdate: years(0.001), revoked: [], number: 1 })
  const files = {
    'sealed.edxml': sealed,
    'changed.edxml': replaced(sealed, 'Về việc', 'Theo lệnh'),
    'unsigned.edxml': packet(),
    'faulty.edxml': signEnvelope(replaced(packet(), /<edXML:DocumentId>[^<]*/, '<edXML:DocumentId>'), {
      privateKey: seal.privateKey,
      certificates: [seal.certificate],
    }),
    'doctype.xml': '<!DOCTYPE r><r/>',
    'seal.pem': seal.certificatePem,
    'seal.der': seal.certificate.der,
    'other.pem': other.certificatePem,
    'ca.pem': authority.certificatePem,
    'ca.crl': writePem(list, 'X509 CRL'),
    'large.xml': `<r>${' '.repeat(64 * 1024 * 1024)}</r>`,
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function identity(commonName: string): Promise<Identity> {
  return authority.issueIdentity({
    subject: { commonName, country: 'VN' },
    keyType: 'ec',
    keyUsage: ['digitalSignature'],
    notBefore: years(-1),
    notAfter: years(1),
  })
}

function packet(): Buffer {
  return writeDocument(
    {
      sender: { agencyCode: 'G99', name: 'Cơ quan G99' },
      receivers: [{ agencyCode: 'H99', name: 'Cơ quan H99' }],
      documentId: 'G99,2030/01/15,12/CV-VP',
      code: { number: '12', notation: 'CV-VP' },
      issuedAt: 'Hà Nội',
      issuedOn: '2030-01-15',
      documentType: { type: 2, typeDetail: 8, name: 'Công văn' },
      subject: 'Về việc liên thông văn bản',
      content: 'Về việc liên thông văn bản',
      signer: { position: 'Chánh Văn phòng', fullName: 'Nguyễn Văn An' },
      sentAt: noon,
      attachments: [{ name: '12.txt', content: Buffer.from('Kính gửi\n'), type: 'text/plain' }],
    },
    randomUUID,
  )
}

function replaced(xml: Buffer, from: string | RegExp, to: string): Buffer {
  return Buffer.from(xml.toString().replace(from, to))
}

describe('one file', () => {
  it('whose seal computes is not called valid, as long as nobody vouches for the signer', async () => {
    const { code, out } = await docaxis(['verify', 'xml', 'sealed.edxml', ...at])

    const [first] = out.split('\n')
    expect(code).toBe(0)
    expect(first).toContain('WHO signed was not checked: the file itself says Văn phòng G99')
    expect(out).not.toMatch(/\bvalid\b/)
    expect(out).toMatch(/\[ok] +V19/)
    expect(out).toContain('Not checked:\n  - the certificate comes with the file itself')
  })

  it('is judged whole with an authority and its list, and stays open without the list', async () => {
    const anchor = ['--anchor', 'ca.pem']

    const whole = await docaxis(['--json', 'verify', 'xml', 'sealed.edxml', ...at, ...anchor, '--crl', 'ca.crl'])
    const open = await docaxis(['--json', 'verify', 'xml', 'sealed.edxml', ...at, ...anchor])

    expect([whole.code, open.code]).toEqual([0, 3])
    expect(JSON.parse(whole.out)).toMatchObject({ verdict: 'VALID', scope: 'full', profile: 'edxml' })
    expect(JSON.parse(open.out)).toMatchObject({ verdict: 'INDETERMINATE', codes: ['REVOCATION_UNAVAILABLE'] })
  })

  it.each([
    { what: 'that was changed', args: ['changed.edxml'], codes: ['DIGEST_MISMATCH'] },
    { what: 'without a signature', args: ['unsigned.edxml'], codes: ['NOT_SIGNED'] },
    {
      what: 'that another was said to sign',
      args: ['sealed.edxml', '--cert', 'other.pem'],
      codes: ['SIGNATURE_MISMATCH'],
    },
    {
      what: 'well signed but no sound edXML',
      args: ['faulty.edxml'],
      codes: [expect.stringMatching(/^N\.MessageHeader\.DocumentId/)],
    },
    { what: 'with a DOCTYPE', args: ['doctype.xml'], codes: ['XML_DOCTYPE_FORBIDDEN'] },
    {
      what: 'with a DOCTYPE, as edXML',
      args: ['doctype.xml', '--profile', 'edxml'],
      codes: ['XML_DOCTYPE_FORBIDDEN', 'M.XML.Doctype'],
    },
    { what: 'of more than 64 MiB', args: ['large.xml'], codes: ['XML_LIMIT_EXCEEDED'] },
  ])('$what is refused with exit 1', async ({ args, codes }) => {
    const { code, out } = await docaxis(['--json', 'verify', 'xml', ...args, ...at])

    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({ verdict: 'INVALID', codes })
  })

  it.each([
    { what: 'by the rules for any XML', args: ['--profile', 'generic'], profile: 'generic' },
    { what: 'with the certificate in DER', args: ['--cert', 'seal.der'], profile: 'edxml' },
  ])('computes $what', async ({ args, profile }) => {
    const { out } = await docaxis(['--json', 'verify', 'xml', 'sealed.edxml', ...args, ...at])

    expect(JSON.parse(out)).toMatchObject({ verdict: 'VALID', profile, scope: 'integrity', covers: 'document' })
  })

  it('is reported in Vietnamese', async () => {
    const { out } = await docaxis(['--lang', 'vi', 'verify', 'xml', 'changed.edxml', ...at])

    expect(out.split('\n')[0]).toBe('KHÔNG nên tin tệp này: nội dung đã bị thay đổi sau khi ký [DIGEST_MISMATCH].')
    expect(out).toMatch(/\[LỖI] +V06 +nội dung được ký/)
  })
})

it.each([
  { mistake: 'no file', args: [] },
  { mistake: 'a file that is not there', args: ['gone.xml'] },
  { mistake: 'a time without a zone', args: ['sealed.edxml', '--at', '2030-01-15 12:00:00'] },
  { mistake: 'a certificate that is none', args: ['sealed.edxml', '--cert', 'sealed.edxml'] },
  { mistake: 'a manifest that is not there', args: ['--batch', 'gone.jsonl'] },
])('exits with 2 for $mistake', async ({ args }) => {
  expect((await docaxis(['verify', 'xml', ...args])).code).toBe(2)
})

it('answers a manifest line by line, in its order, whatever the lines are', async () => {
  await mkdir(join(folder, 'lot'))
  await writeFile(join(folder, 'lot', 'beside.edxml'), sealed)
  const line = (id: unknown, file: string, rest: object = {}) => JSON.stringify({ id, file, at: noon, ...rest })
  const lines = [
    line('a', 'sealed.edxml'),
    line('b', 'beside.edxml', { certificates: ['seal.pem'] }),
    line('c', 'sealed.edxml', { anchors: ['ca.pem'], crls: ['ca.crl'] }),
    line('d', 'sealed.edxml', { anchors: ['ca.pem'], profile: 'generic' }),
    line('e\u202e', 'changed.edxml', { certificates: [] }),
    line('f', 'gone.edxml'),
    line('g', 'sealed.edxml', { certificates: ['gone.pem'] }),
    line('h', 'sealed.edxml', { certificates: ['ca.crl'], profile: 'generic' }),
    '',
    line('i', 'sealed.edxml', { profile: 'pdf' }),
    '{"id":"j","file":',
    'nothing',
    line(7, 'doctype.xml', { profile: 'edxml' }),
  ]
  await writeFile(join(folder, 'lot', 'manifest.jsonl'), `\ufeff${lines.join('\r\n')}\n`)

  const { code, out } = await docaxis(['verify', 'xml', '--batch', 'lot/manifest.jsonl'])

  const answers = out.trimEnd().split('\n')
  expect(code).toBe(0)
  expect(answers.map(answer => JSON.parse(answer))).toEqual([
    { id: 'a', verdict: 'VALID', codes: ['OK'], scope: 'integrity' },
    { id: 'b', verdict: 'VALID', codes: ['OK'], scope: 'integrity' },
    { id: 'c', verdict: 'VALID', codes: ['OK'], scope: 'full' },
    { id: 'd', verdict: 'INDETERMINATE', codes: ['REVOCATION_UNAVAILABLE'], scope: 'full' },
    { id: 'e\u202e', verdict: 'INVALID', codes: ['DIGEST_MISMATCH'], scope: 'integrity' },
    { id: 'f', verdict: 'INVALID', codes: ['FILE_UNREADABLE'], scope: 'integrity' },
    { id: 'g', verdict: 'INVALID', codes: ['FILE_UNREADABLE'], scope: 'integrity' },
    { id: 'h', verdict: 'INVALID', codes: ['SIGNER_CERTIFICATE_MISSING'], scope: 'integrity' },
    { id: 'i', verdict: 'INVALID', codes: ['REQUEST_INVALID'], scope: 'integrity' },
    { id: 'j', verdict: 'INVALID', codes: ['REQUEST_INVALID'], scope: 'integrity' },
    { verdict: 'INVALID', codes: ['REQUEST_INVALID'], scope: 'integrity' },
    { id: 7, verdict: 'INVALID', codes: ['XML_DOCTYPE_FORBIDDEN', 'M.XML.Doctype'], scope: 'integrity' },
  ])
  expect(answers[4]).toContain('\\u202e')
})

function docaxis(args: readonly string[]) {
  return runCommand(args, { INIT_CWD: folder })
}

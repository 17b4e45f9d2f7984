import { execFileSync } from 'node:child_process'
import { createHash, sign } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Identity, selfSigned } from '@docaxis/pki/authority'
import { type Receipt, signReceipt, verifyReceipt, writeReceipt } from '@docaxis/signature'
import { daysFromNoon, itWithPrograms, qrCodesOn } from '@docaxis/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkAddress, type DocumentOnPaper, printReceipt, type ReceiptToPrint } from '../src/receipt/print-receipt.ts'
import { receipts } from './receipts.ts'

const publicUrl = 'https://truc.example.vn'
const stamp = { tsa: 'CN=Time stamps', genTime: '2030-01-15T05:00:05.000Z', token: 'AAAA' }
const names = new Map([
  ['G99', 'Bộ Thử nghiệm'],
  ['H99.05', 'Ủy ban nhân dân xã Tân Thử'],
])
const document: DocumentOnPaper = {
  number: '7816',
  notation: 'VPCP-TTĐT',
  typeName: 'Công văn',
  issuedOn: '2030-01-15',
  subject: 'Về việc kết nối, \u202Eliên thông\u202C phần mềm quản lý văn bản giữa các cấp chính quyền',
}

let folder: string
let hub: Identity

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'docaxis-printed-'))
  hub = await selfSigned({
    subject: { commonName: 'Trục liên thông văn bản' },
    keyUsage: ['digitalSignature'],
    notBefore: daysFromNoon(-10),
    notAfter: daysFromNoon(10),
  })
  writeFileSync(join(folder, 'hub-cert.pem'), hub.certificatePem)
})

afterAll(() => rmSync(folder, { recursive: true }))

describe.each(receipts)('a receipt of $kind', receipt => {
  let xml: Buffer
  let pdf: string

  beforeAll(async () => {
    xml = await signed(receipt)
    pdf = join(folder, `${receipt.kind}.pdf`)
    writeFileSync(pdf, await print({ xml }))
  })

  itWithPrograms('pdftotext')('says on paper what it proves, of what, and who signed it', () => {
    const text = textOf(pdf)

    const digest = createHash('sha256').update(xml).digest('hex')
    for (const words of [
      wordsOf(receipt),
      '7816/VPCP-TTĐT',
      'Bộ Thử nghiệm (G99)',
      'liên thông phần mềm',
      receipt.document.sha256,
      digest,
      'Trục liên thông văn bản',
      'CN=Time stamps',
      'MÔI TRƯỜNG THỬ NGHIỆM',
      'Trang 1/',
    ]) {
      expect(text).toContain(words)
    }
    expect(text).not.toContain('undefined')
  })

  itWithPrograms('pdftoppm', 'pdfinfo')('leads by its code to the page that checks it', async () => {
    const digest = createHash('sha256').update(xml).digest('hex')
    expect(await codesOn(pdf)).toEqual([`${publicUrl}/verify#receipt=${receipt.id}.${digest}`])
  })

  itWithPrograms('pdfdetach', 'xmlsec1')('gives back the signed XML byte for byte, and that verifies', () => {
    const [attached] = detach(pdf, `${receipt.id}.xml`)

    expect(readFileSync(attached)).toEqual(xml)
    expect(run('xmlsec1', ['--verify', '--pubkey-cert-pem', join(folder, 'hub-cert.pem'), attached])).toBeDefined()
  })

  itWithPrograms('qpdf', 'pdfinfo')('is a whole PDF/A-3', () => {
    expect(run('qpdf', ['--check', pdf])).toContain('No syntax or stream encoding errors found')
    expect(run('pdfinfo', ['-meta', pdf])).toMatch(/<pdfaid:part>3<.*<pdfaid:conformance>B</s)
  })
})

itWithPrograms('pdftotext')('hides a subject that circulates inside', async () => {
  const pdf = await printed({ document: { ...document, subject: 'hidden' } })

  expect(textOf(pdf)).toContain('lưu hành nội bộ')
  expect(textOf(pdf)).not.toContain('liên thông phần mềm')
})

itWithPrograms('pdfdetach')('has its time stamp with it', async () => {
  const pdf = await printed({})

  const [attached] = detach(pdf, `${receipts[0].id}.stamp.json`)
  expect(JSON.parse(readFileSync(attached, 'utf8'))).toEqual(stamp)
})

itWithPrograms('pdftotext', 'pdftoppm')('without a stamp and a public address says both', async () => {
  const xml = await signed(receipts[0])
  const pdf = await printed({ xml, stamp: undefined, publicUrl: undefined })

  const digest = createHash('sha256').update(xml).digest('hex')
  expect(textOf(pdf)).toContain('Chưa có')
  expect(await codesOn(pdf)).toEqual([`docaxis:receipt:${receipts[0].id}:${digest}`])
})

itWithPrograms('pdftotext', 'pdfinfo')('names every receiver of many, over as many pages as it takes', async () => {
  const codes = Array.from({ length: 400 }, (_, index) => `H99.${index + 100}`)
  const many = { ...receipts[0], receivers: codes.map(code => ({ code, writtenCode: code })) }
  const pdf = await printed({ xml: await signed(many) })

  const text = textOf(pdf)
  expect(codes.filter(code => !text.includes(code))).toEqual([])
  expect(run('pdfinfo', [pdf])).toMatch(/^Pages: +\d{1,2}$/m)
})

it('is the same bytes for the same receipt', async () => {
  const xml = await signed(receipts[0])

  expect(await print({ xml })).toEqual(await print({ xml }))
})

it('is not printed when the hub did not sign it', async () => {
  const xml = Buffer.from((await signed(receipts[0])).toString().replace('>G99<', '>G98<'))

  expect(verifyReceipt(xml, { hubCertificates: [hub.certificate] }).code).toBe('DIGEST_MISMATCH')
  await expect(print({ xml })).rejects.toThrow('cannot be printed')
})

it('leads under the address of the hub, wherever that is', () => {
  expect(checkAddress('https://truc.example.vn/', 'ab', 'cd')).toBe('https://truc.example.vn/verify#receipt=ab.cd')
})

function print(wish: Partial<ReceiptToPrint> & Pick<ReceiptToPrint, 'xml'>): Promise<Buffer> {
  return printReceipt({ hubCertificates: [hub.certificate.der], names, document, stamp, publicUrl, ...wish })
}

async function printed(wish: Partial<ReceiptToPrint>): Promise<string> {
  const pdf = join(folder, 'printed.pdf')
  writeFileSync(pdf, await print({ xml: await signed(receipts[0]), ...wish }))
  return pdf
}

function signed(receipt: Receipt): Promise<Buffer> {
  const { certificate, privateKey } = hub
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
  return signReceipt(writeReceipt(receipt), { certificate, sign: async data => sign('sha256', data, key) })
}

/** Of each kind, words that only it says. */
function wordsOf(receipt: Receipt): string {
  return {
    acceptance: 'chịu trách nhiệm chuyển đến từng cơ quan nhận',
    refusal: 'Gói tin không được chuyển đi',
    delivery: 'đã nhận và báo đã lưu',
    'non-delivery': 'không giao được cho',
    'missed-deadline': 'chưa báo đã tiếp nhận văn bản',
  }[receipt.kind]
}

async function codesOn(pdf: string): Promise<readonly string[]> {
  const pages = Number(/^Pages: +(\d+)$/m.exec(run('pdfinfo', [pdf]))?.[1])
  const codes = await Promise.all(Array.from({ length: pages }, (_, page) => qrCodesOn(pdf, page + 1)))
  return codes.flat()
}

function detach(pdf: string, name: string): [string] {
  const out = join(folder, 'attached')
  rmSync(out, { recursive: true, force: true })
  mkdirSync(out)
  run('pdfdetach', ['-saveall', '-o', out, pdf])
  return [join(out, name)]
}

/** Spaces and lines as they come, in one line. */
function textOf(pdf: string): string {
  return run('pdftotext', [pdf, '-']).replace(/\s+/g, ' ')
}

function run(program: string, args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe' })
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writePem } from '@docaxis/pki'
import type { Identity } from '@docaxis/pki/authority'
import { daysFromNoon, noon, sealedEnvelope, testAuthority, testPdf } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'

// Ten files on a clerk's desk, good ones and subtly bad ones. The first lines alone must tell what to do.

const trusted = ['--anchor', 'ca.pem', '--crl', 'ca.crl', '--at', noon.toISOString(), '--lang', 'vi']
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-newcomer-'))
  const authority = await testAuthority()
  const foreign = await testAuthority({ name: 'Self-made CA' })
  const subject = { commonName: 'Trần Văn A', title: 'Chủ tịch', organization: 'UBND tỉnh H99', country: 'VN' }
  const official = await authority.seal('H99', { keyType: 'ec', subject })
  const revoked = await authority.seal('H99', { keyType: 'ec', subject })
  const ended = await authority.seal('H99', { keyType: 'ec', subject, notAfter: daysFromNoon(-3) })
  const impostor = await foreign.seal('H99', { keyType: 'ec', subject })
  const letter = (signer: Identity) => sealedEnvelope({ sender: 'H99', receivers: ['G99'] }, signer)
  const files = {
    'ca.pem': authority.certificatePem,
    'ca.crl': writePem(authority.list([revoked]).der, 'X509 CRL'),
    'decision.pdf': testPdf({ signer: official }),
    'decision-one-letter.pdf': replaced(testPdf({ signer: official }), 'Quyet dinh', 'Quyet dann'),
    'decision-unsigned.pdf': testPdf(),
    'decision-impostor.pdf': testPdf({ signer: impostor }),
    'decision-revoked.pdf': testPdf({ signer: revoked }),
    'letter.edxml': letter(official),
    'letter-one-letter.edxml': replaced(letter(official), 'Công văn', 'Công văm'),
    'letter-ended.edxml': letter(ended),
    'official.pem': official.certificatePem,
    'official-revoked.pem': revoked.certificatePem,
  }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it.each([
  { file: 'decision.pdf', says: /^Tệp không thay đổi kể từ khi Trần Văn A \(Chủ tịch, UBND tỉnh H99\) ký/ },
  { file: 'decision-one-letter.pdf', says: /^KHÔNG nên tin.*thay đổi sau khi ký.*đề nghị nơi gửi gửi lại bản gốc/s },
  { file: 'decision-unsigned.pdf', says: /^KHÔNG nên tin.*chưa được ký số.*đề nghị nơi gửi ký rồi gửi lại/s },
  { file: 'decision-impostor.pdf', says: /^Chưa kết luận được.*không nằm trong danh sách tin cậy.*coi như chưa ký/s },
  { file: 'decision-revoked.pdf', says: /^KHÔNG nên tin.*đã bị thu hồi.*liên hệ người ký qua kênh khác/s },
  { file: 'letter.edxml', says: /^Nội dung được ký không thay đổi kể từ khi Trần Văn A ký/ },
  { file: 'letter-one-letter.edxml', says: /^KHÔNG nên tin.*thay đổi sau khi ký.*gửi lại bản gốc/s },
  { file: 'letter-ended.edxml', says: /^KHÔNG nên tin.*hết hạn.*ký lại bằng chứng thư số còn hạn/s },
  { file: 'official.pem', says: /^Chứng thư số của Trần Văn A dùng được/ },
  { file: 'official-revoked.pem', says: /^KHÔNG dùng được.*bị thu hồi.*đề nghị ký lại bằng chứng thư số mới/s },
])('$file: the clerk knows what to do', async ({ file, says }) => {
  const { out } = await runCommand(['verify', kindOf(file), file, ...trusted], { INIT_CWD: folder })

  // What stands before the first empty line needs no knowledge of certificates.
  const [plain] = out.split('\n\n', 1)
  expect(plain).toMatch(says)
})

function kindOf(file: string): string {
  if (file.endsWith('.pdf')) return 'pdf'
  return file.endsWith('.edxml') ? 'xml' : 'cert'
}

function replaced(bytes: Buffer, from: string, to: string): Buffer {
  const at = bytes.indexOf(from)
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(to), bytes.subarray(at + Buffer.byteLength(from))])
}

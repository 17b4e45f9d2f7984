import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningHub, startHub } from '@docaxis/hub'
import { createLogger, readConfig } from '@docaxis/service'
import { itWithPrograms, type Tsa, testAuthority, testTsa } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'
import { runCommand } from './run-command.ts'

// Evidence as a clerk saves it and proves it later: against a real hub and a time-stamping authority of openssl.

const it = itWithPrograms('openssl')
/** The hub judges by the clock of the machine. */
const lasting = { notBefore: new Date('2020-01-01'), notAfter: new Date('2090-01-01') }

let folder: string
let hub: RunningHub
let tsa: Tsa
let sent: { readonly id: string; readonly receiptUrl: string }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-evidence-'))
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(folder, 0o755)
  const authority = await testAuthority(lasting)
  const stranger = await testAuthority({ ...lasting, name: 'Another CA' })
  tsa = await testTsa({ authority })
  await mkdir(join(folder, 'anchors/tsa'), { recursive: true })
  await writeFile(join(folder, 'anchors/tsa/ca.pem'), authority.certificatePem)
  await writeFile(join(folder, 'stranger.pem'), stranger.certificatePem)
  await writeFile(join(folder, 'a.txt'), 'Phụ lục')
  const stamps = { DOCAXIS_TSA_POLICY: 'when-available', DOCAXIS_TSA_URL: tsa.url, DOCAXIS_TSA_EVERY_MS: '100' }
  const places = { DOCAXIS_DATA_DIR: join(folder, 'data'), DOCAXIS_ANCHORS_DIR: join(folder, 'anchors') }
  hub = await startHub({
    config: readConfig({ ...places, ...stamps, DOCAXIS_HTTP_PORT: '0', DOCAXIS_DEMO: 'on' }),
    logger: createLogger({ logLevel: 'warn' }),
  })
  const party = ['--from', 'G99', '--to', 'H99', '--number', '7', '--notation', 'CV']
  const content = ['--subject', 'Thử', '--signer', 'Hải Yến', '--attach', 'a.txt', '--sign', '-o', '7.edxml']
  await docaxis(['--as', 'G99', 'compose', ...party, ...content])
  sent = JSON.parse((await docaxis(['--as', 'G99', '--json', 'send', '7.edxml'])).out)
}, 180_000)
afterAll(async () => {
  await hub?.stop()
  await tsa?.close()
  await rm(folder, { recursive: true, force: true })
})

function docaxis(args: readonly string[]) {
  return runCommand(args, { INIT_CWD: folder, DOCAXIS_URL: hub.url, DOCAXIS_DATA_DIR: join(folder, 'data') })
}

const receiptId = () => sent.receiptUrl.split('/').at(-1) ?? ''
const patience = { timeout: 60_000 }

it('saves the time stamp of a receipt once it is there, and proves the receipt by it offline', async () => {
  await docaxis(['--as', 'G99', 'receipt', 'get', receiptId(), 'receipt.xml'])
  await docaxis(['--as', 'G99', 'receipt', 'certificates', 'hub.pem'])
  const stamp = () => docaxis(['--as', 'G99', 'receipt', 'stamp', receiptId(), 'receipt.stamp.json'])
  await expect.poll(async () => (await stamp()).code, patience).toBe(0)
  const verify = ['--json', 'receipt', 'verify', '--cert', 'hub.pem', '--stamp', 'receipt.stamp.json']

  const good = await docaxis([...verify, '--tsa-anchor', 'anchors/tsa/ca.pem', 'receipt.xml'])
  const ofStranger = await docaxis([...verify, '--tsa-anchor', 'stranger.pem', 'receipt.xml'])
  const withoutAnchor = await docaxis([...verify, 'receipt.xml'])

  expect(JSON.parse(good.out)).toMatchObject({ verdict: 'VALID', stamp: { verdict: 'VALID' } })
  expect(good.code).toBe(0)
  expect(JSON.parse(ofStranger.out)).toMatchObject({ verdict: 'VALID', stamp: { verdict: 'INDETERMINATE' } })
  expect(ofStranger.code).toBe(3)
  expect(withoutAnchor.code).toBe(2)
}, 120_000)

it('refuses a time stamp that is of another receipt, and a file that is none', async () => {
  await docaxis(['--as', 'H99', 'receipts'])
  const stamp = JSON.parse(await readFile(join(folder, 'receipt.stamp.json'), 'utf8'))
  // The neighbour's place in the tree, however many receipts one stamp happened to cover.
  const tree = { ...stamp.tree, index: stamp.tree.index ^ 1, size: Math.max(2, stamp.tree.size) }
  await writeFile(join(folder, 'other.stamp.json'), JSON.stringify({ ...stamp, tree }))
  await writeFile(join(folder, 'none.json'), '{}')
  const verify = ['receipt', 'verify', 'receipt.xml', '--cert', 'hub.pem', '--tsa-anchor', 'anchors/tsa/ca.pem']

  const other = await docaxis([...verify, '--stamp', 'other.stamp.json'])
  const none = await docaxis([...verify, '--stamp', 'none.json'])

  expect([other.code, none.code]).toEqual([1, 2])
}, 120_000)

it('saves the evidence of a document, repeats its verdicts, and notices what was taken away or changed', async () => {
  const saved = await docaxis(['--as', 'G99', '--json', 'document', 'evidence', sent.id, '--out', 'evidence'])
  const repeated = await docaxis(['--json', 'verify', 'evidence', 'evidence'])
  const pieces = await readdir(join(folder, 'evidence'))
  const list = pieces.find(name => name.endsWith('.crl')) ?? ''
  await rm(join(folder, 'evidence', list))
  const withoutList = await docaxis(['--json', 'verify', 'evidence', 'evidence'])
  const envelope = await readFile(join(folder, 'evidence/envelope.xml'), 'utf8')
  await writeFile(join(folder, 'evidence/envelope.xml'), envelope.replace('Thử', 'Thư'))
  const ofAnother = await docaxis(['--json', 'verify', 'evidence', 'evidence'])

  expect(JSON.parse(saved.out)).toMatchObject({ envelope: true, pieces: pieces.length - 2 })
  expect(JSON.parse(repeated.out)).toMatchObject({ sameEnvelope: true, verdicts: [{ of: 'seal', equal: true }] })
  expect(repeated.code).toBe(0)
  expect(JSON.parse(withoutList.out)).toMatchObject({ verdicts: [{ of: 'seal', equal: false }] })
  expect(JSON.parse(ofAnother.out)).toMatchObject({ sameEnvelope: false })
  expect([withoutList.code, ofAnother.code]).toEqual([1, 1])
}, 120_000)

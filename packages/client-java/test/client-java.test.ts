import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningHub, startHub } from '@docaxis/hub'
import { createLogger, readConfig } from '@docaxis/service'
import { envelopeXml, itWithPrograms } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'
import { compile, packWithMaven, runJava } from './java.ts'

const itWithJava = itWithPrograms('javac', 'openssl')
const itWithMaven = itWithPrograms('mvn')

const documentId = '000.00.00.G99,2026/01/05,java'
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-java-'))
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(folder, 0o755)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

itWithJava(
  'seals, sends, fetches, acknowledges, reports and proves like the other client',
  async () => {
    const classes = await compile(folder)
    const hub = await startDemo()
    try {
      const said = JSON.parse(await runJava(classes, 'Exchange', JSON.stringify(await settings(hub))))

      expect(said).toMatchObject({
        ok: true,
        repeated: true,
        sameBytes: true,
        reportedOnce: true,
        statusOn: documentId,
        agency: expect.any(String),
        document: { verdict: { verdict: 'VALID' }, deliveries: [{ receiver: 'H99.32.06', transport: 'acknowledged' }] },
      })
      expect(said.receipts).toEqual([
        { kind: 'acceptance', sameBytes: true },
        { kind: 'delivery', sameBytes: true, to: 'H99.32.06' },
      ])
      expect(said.levels.sort()).toEqual(['central', 'commune', 'district', 'province'])
      expect(said.refusals).toEqual({
        changed: '422 SIGNATURE_REFUSED',
        signedTwice: 'the file is signed already',
        foreignDelivery: '404 NOT_FOUND',
        damagedPart: 'TransferDamagedException',
        partIsGone: true,
        wrongToken: '401 HTTP_401',
        unreachable: 'HubUnreachableException',
        forgedReceipt: 'the receipt was changed, or another hub signed it',
        bomb: expect.stringContaining('DOCTYPE'),
      })
    } finally {
      await hub.stop()
    }
  },
  120_000,
)

itWithJava('reads JSON as strictly as JSON.parse, and writes what it read', async () => {
  const classes = await compile(folder)
  const good = [
    '{}',
    ' { "a" : [ 1 , -2.50 , 1e3 , true , false , "\\u00e2\\ud83d\\ude00\\"\\\\\\/\\b\\f\\n\\r\\t" ] , "b" : { "c" : [ ] } } ',
    '{"tên":"Ủy ban nhân dân","số":12345678901234567890}',
    '{"a":1,"a":2}',
  ]
  const bad = [
    '',
    '[]',
    'null',
    '{"a":}',
    '{"a" 1}',
    '{"a":1,}',
    '{a:1}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":+1}',
    '{"a":"\t"}',
    '{"a":"\\x"}',
    '{"a":"\\u12g4"}',
    '{"a":"',
    '{"a":1}}',
    '{"a":tru}',
    '{"a":NaN}',
    `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  ]
  const input = `${[...good, ...bad].join('\n')}\n`

  const { stdout } = spawnSync('java', ['-cp', classes, 'EchoJson'], { input, encoding: 'utf8' })
  const lines = stdout.trimEnd().split('\n')

  expect(lines.slice(0, good.length).map(line => JSON.parse(line))).toEqual(good.map(text => JSON.parse(text)))
  expect(lines.slice(good.length).filter(line => !line.startsWith('JSON: '))).toEqual([])
  expect(lines).toHaveLength(good.length + bad.length)
})

itWithMaven(
  'is one small jar with nothing else inside',
  async () => {
    const target = join(folder, 'target')
    const names = await packWithMaven(target)

    const foreign = names.filter(name => !/^(META-INF\/|org\/$|org\/docaxis\/)/.test(name))
    expect(foreign).toEqual([])
    expect((await stat(join(target, 'docaxis-client-0.1.0.jar'))).size).toBeLessThan(100_000)
  },
  300_000,
)

function startDemo(): Promise<RunningHub> {
  return startHub({
    config: readConfig({ DOCAXIS_DATA_DIR: join(folder, 'data'), DOCAXIS_HTTP_PORT: '0', DOCAXIS_DEMO: 'on' }),
    logger: createLogger({ logLevel: 'warn' }),
  })
}

/** Puts an unsigned letter and the sender's key store beside it. */
async function settings(hub: RunningHub) {
  const demo = join(folder, 'data/demo')
  const { default: agencies } = await import(join(demo, 'agencies.json'), { with: { type: 'json' } })
  const find = (code: string) => agencies.find((agency: { code: string }) => agency.code === code)
  const sender = find('G99')
  const letter = { sender: 'G99', receivers: ['H99.32.06'], documentId, issuedOn: '2026-01-05', sentAt: new Date() }
  await writeFile(join(folder, 'unsigned.edxml'), envelopeXml(letter))
  const key = ['-inkey', join(demo, sender.sealKeyFile), '-in', join(demo, sender.sealCertFile)]
  execFileSync('openssl', ['pkcs12', '-export', ...key, '-out', join(folder, 'seal.p12'), '-passout', 'pass:docaxis'])
  return { url: hub.url, folder, senderToken: sender.token, receiverToken: find('H99.32.06').token }
}

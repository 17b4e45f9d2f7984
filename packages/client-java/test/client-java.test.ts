import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningHub, startHub } from '@docaxis/hub'
import { createLogger, readConfig } from '@docaxis/service'
import { envelopeXml, itWithPrograms } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'
import { breakingServer } from './breaking-server.ts'
import { cuttingProxy } from './cutting-proxy.ts'
import { compile, compileProgram, packWithMaven, runJava } from './java.ts'

const itWithJava = itWithPrograms('javac', 'openssl')
const itWithMaven = itWithPrograms('mvn')

let folder: string
let classes: string
let hub: RunningHub | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-java-'))
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(folder, 0o755)
})
afterAll(async () => {
  await hub?.stop()
  await rm(folder, { recursive: true, force: true })
})

itWithJava(
  'seals, sends, fetches, acknowledges, reports and proves like the other client',
  async () => {
    const said = await run('Exchange', ['exchange'])

    expect(said).toMatchObject({
      ok: true,
      repeated: true,
      sameBytes: true,
      reportedOnce: true,
      statusOn: nameOf('exchange'),
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
  },
  300_000,
)

itWithJava(
  'takes back, answers, is told, and follows threads, deadlines and the directory',
  async () => {
    const said = await run('Life', ['unread', 'read'])

    expect(said.beforeFetch).toEqual({ outcome: 'withdrawn', isOnce: true, isLeft: true, fetch: '409 STATE_CONFLICT' })
    expect(said.afterFetch).toMatchObject({
      acknowledged: [
        { ok: true, transport: 'acknowledged' },
        { ok: false, code: 'NOT_FOUND' },
      ],
      asked: 'asked',
      owed: 'take-back',
      isAnswered: true,
      due: 'finish',
      document: { deliveries: [{ change: { kind: 'take-back', state: 'refused' } }] },
      isListed: true,
      isTaken: true,
      sameBytes: true,
      thread: 1,
      happened: 'accepted',
      isPieceWhole: true,
      stamp: '404 NOT_FOUND',
      verdict: 'VALID',
      noPdf: 'PDF_UNSUPPORTED',
    })
    expect(said.webhook).toEqual({
      isTest: true,
      isProved: true,
      isForgeryTaken: false,
      state: 'delivered',
      types: ['delivery.available'],
      isListed: true,
      replayed: 1,
      since: 1,
      left: 0,
    })
    expect(said.directory).toEqual({ isFilled: true, hasNews: false, hadNews: true, group: 'commune' })
  },
  300_000,
)

itWithJava(
  'runs the program of its README',
  async () => {
    const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8')
    const [, program = ''] = /```java\n(.*?)```/s.exec(readme) ?? []
    const { url, senderToken } = await settings(['letter'])
    await rename(join(folder, 'letter.unsigned.edxml'), join(folder, 'letter.edxml'))
    const env = { DOCAXIS_URL: url, DOCAXIS_TOKEN: senderToken, DOCAXIS_KEY_PASSWORD: 'docaxis' }

    await compileProgram(await compiled(), 'Example', program)
    const lines = (await runJava(await compiled(), 'Example', [folder], { env })).trimEnd().split('\n')

    expect(lines.slice(0, 2)).toEqual([`sent ${nameOf('letter')}`, `acceptance of ${nameOf('letter')}`])
    // The answer of the receiver above waits for the sender.
    expect(lines.slice(2)).toContain(`took ${nameOf('read')}`)
  },
  300_000,
)

itWithJava(
  'sends what is large in parts, and goes on in another process where a connection broke',
  async () => {
    const given = await settings(['parts'])
    await using proxy = await cuttingProxy(given.url)
    const send = async () =>
      JSON.parse(await runJava(await compiled(), 'Parts', [JSON.stringify({ ...given, url: proxy.url })]))

    const broken = await send()
    const left = await readdir(join(folder, 'uploads'))
    const whole = await send()

    expect([broken.outcome, whole.outcome]).toEqual(['unreachable', nameOf('parts')])
    expect(proxy.seen).toEqual(['open', 'part 0', 'part 8388608', 'part 8388608', 'part 16777216'])
    expect([left.length, await readdir(join(folder, 'uploads'))]).toEqual([1, []])
  },
  300_000,
)

itWithJava(
  'sends and fetches more than its memory holds, the same bytes at every try',
  async () => {
    const file = join(folder, 'large')
    await writeFile(file, Buffer.alloc(96 * 1024 * 1024, 'docaxis'))
    await using server = await breakingServer(file)

    const heap = ['-Xmx24m']
    const said = JSON.parse(await runJava(await compiled(), 'Large', [server.url, file], { heap }))

    expect(server.sent).toEqual([server.sha256, server.sha256])
    expect(said).toEqual({ sent: server.sha256, fetched: server.sha256 })
  },
  300_000,
)

itWithJava('reads JSON as strictly as JSON.parse, and writes what it read', async () => {
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

  const { stdout } = spawnSync('java', ['-cp', await compiled(), 'EchoJson'], { input, encoding: 'utf8' })
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

/** Compiled once, for whichever test comes first. */
async function compiled(): Promise<string> {
  classes ??= await compile(folder)
  return classes
}

// biome-ignore lint/suspicious/noExplicitAny: what a program says is judged field by field.
async function run(program: string, letters: readonly string[]): Promise<any> {
  return JSON.parse(await runJava(await compiled(), program, [JSON.stringify(await settings(letters))]))
}

async function startDemo(): Promise<RunningHub> {
  hub ??= await startHub({
    config: readConfig({ DOCAXIS_DATA_DIR: join(folder, 'data'), DOCAXIS_HTTP_PORT: '0', DOCAXIS_DEMO: 'on' }),
    logger: createLogger({ logLevel: 'warn' }),
  })
  return hub
}

const nameOf = (letter: string) => `000.00.00.G99,2026/01/05,${letter}`

/** Starts the hub, and puts unsigned letters and the sender's key store into the folder. */
async function settings(letters: readonly string[]) {
  const { url } = await startDemo()
  const demo = join(folder, 'data/demo')
  const { default: agencies } = await import(join(demo, 'agencies.json'), { with: { type: 'json' } })
  const find = (code: string) => agencies.find((agency: { code: string }) => agency.code === code)
  const sender = find('G99')
  for (const letter of letters) await writeFile(join(folder, `${letter}.unsigned.edxml`), letterXml(letter))
  const key = ['-inkey', join(demo, sender.sealKeyFile), '-in', join(demo, sender.sealCertFile)]
  execFileSync('openssl', ['pkcs12', '-export', ...key, '-out', join(folder, 'seal.p12'), '-passout', 'pass:docaxis'])
  return { url, folder, senderToken: sender.token, receiverToken: find('H99.32.06').token }
}

/** To be finished within days, by the clock that the hub has. */
function letterXml(letter: string): Buffer {
  const sentAt = new Date()
  const dueOn = new Date(sentAt.getTime() + 10 * 86_400_000).toISOString().slice(0, 10)
  const parties = { sender: 'G99', receivers: ['H99.32.06'] }
  const large = letter === 'parts' && { attachments: [{ name: '12.bin', content: randomBytes(14 * 1024 * 1024) }] }
  return envelopeXml({ ...parties, ...large, documentId: nameOf(letter), issuedOn: '2026-01-05', dueOn, sentAt })
}

import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningHub, startHub } from '@docaxis/hub'
import { createLogger, readConfig } from '@docaxis/service'
import { testAuthority } from '@docaxis/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'
import { json, scriptedServer } from './scripted-server.ts'

let folder: string
let hub: RunningHub

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-command-'))
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(folder, 0o755)
  await writeFile(join(folder, 'phu-luc.txt'), 'Phụ lục')
  hub = await startHub({
    config: readConfig({ DOCAXIS_DATA_DIR: join(folder, 'data'), DOCAXIS_HTTP_PORT: '0' }),
    logger: createLogger({ logLevel: 'warn' }),
  })
})
afterAll(async () => {
  await hub.stop()
  await rm(folder, { recursive: true, force: true })
})

it('composes, seals, sends, fetches, acknowledges, reports and shows a document', async () => {
  await docaxis(composeArguments('501', 'H99.32.06'))
  const sent = await docaxis(['--as', 'G99', '--json', 'send', '501.edxml'])
  const { id, documentId } = JSON.parse(sent.out)
  const deliveryId = await deliveryOf('H99.32.06', documentId)

  const fetched = await docaxis(['--as', 'H99.32.06', 'fetch', deliveryId, 'got.edxml', '--ack'])
  const reported = await docaxis(['--as', 'H99.32.06', 'status', deliveryId, '03', '--staff', 'Bùi Văn Trăng'])
  const shown = await docaxis(['--as', 'G99', '--lang', 'vi', 'document', id])

  expect([sent.code, fetched.code, reported.code, shown.code]).toEqual([0, 0, 0, 0])
  expect(await readFile(join(folder, 'got.edxml'))).toEqual(await readFile(join(folder, '501.edxml')))
  expect(shown.out).toMatch(/H99\.32\.06 +cấp xã +bên nhận đã lưu/)
  expect(shown.out).toContain('đã tiếp nhận')
})

it('verifies a receipt offline, and refuses it with one character changed', async () => {
  await docaxis(composeArguments('502', 'H99'))
  const sent = await docaxis(['--as', 'G99', '--json', 'send', '502.edxml'])
  const receiptId = JSON.parse(sent.out).receiptUrl.split('/').at(-1)
  await docaxis(['--as', 'G99', 'receipt', 'get', receiptId, 'receipt.xml'])
  const receipt = await readFile(join(folder, 'receipt.xml'), 'utf8')
  await writeFile(join(folder, 'changed.xml'), receipt.replace('G99,', 'G98,'))
  const cert = ['--cert', 'data/demo/hub-cert.pem']

  const good = await docaxis(['receipt', 'verify', 'receipt.xml', ...cert])
  const bad = await docaxis(['--json', 'receipt', 'verify', 'changed.xml', ...cert])

  expect([good.code, bad.code]).toEqual([0, 1])
  expect(JSON.parse(bad.out)).toMatchObject({ verdict: 'INVALID', code: 'DIGEST_MISMATCH' })
})

it('saves the certificates that receipts verify against', async () => {
  const saved = await docaxis(['--as', 'G99', '--json', 'receipt', 'certificates', 'hub-certs.pem'])

  expect(JSON.parse(saved.out).certificates).toMatchObject([{ until: null }])
  expect(await readFile(join(folder, 'hub-certs.pem'), 'utf8')).toBe(
    await readFile(join(folder, 'data/demo/hub-cert.pem'), 'utf8'),
  )
})

it('signs with a PKCS#12 file and its password', async () => {
  await docaxis([...composeArguments('503', 'H99').filter(argument => argument !== '--sign')])
  const p12 = ['--key', 'data/demo/G99-official.p12']

  const signed = await docaxis(['sign', '503.edxml', ...p12, '--password', 'docaxis-demo'])
  const wrong = await docaxis(['sign', '503.edxml', ...p12, '--password', 'wrong'])

  expect([signed.code, wrong.code]).toEqual([0, 2])
})

it('says what is wrong with an unsigned document, and exits with 1', async () => {
  await docaxis(composeArguments('504', 'H99').filter(argument => argument !== '--sign'))

  const refused = await docaxis(['--as', 'G99', '--lang', 'en', 'send', '504.edxml'])

  expect(refused.code).toBe(1)
  expect(refused.err).toContain('[SIGNATURE_REFUSED]')
})

it.each([
  { mistake: 'an unknown option', args: ['inbox', '--nope'], code: 2 },
  { mistake: 'a file that is not there', args: ['--as', 'G99', 'send', 'no-such.edxml'], code: 2 },
  { mistake: 'a token nobody has', args: ['inbox'], code: 2 },
  { mistake: 'an id of nothing', args: ['--as', 'G99', 'document', '0'.repeat(24)], code: 1 },
  { mistake: 'a hub that is not there', args: ['--as', 'G99', '--url', 'http://127.0.0.1:9', 'agencies'], code: 4 },
])('exits with $code for $mistake', async ({ args, code }) => {
  const outcome = await docaxis(args, { DOCAXIS_TOKEN: 'dax_nobody' })

  expect(outcome.code).toBe(code)
})

it('exits with 3 when the hub asks to try later', async () => {
  await using busy = await scriptedServer([json(503, { code: 'STORAGE_UNAVAILABLE' }, { 'retry-after': '0' })])

  const outcome = await docaxis(['--as', 'G99', '--url', busy.url, 'inbox'])

  expect(outcome.code).toBe(3)
})

it('gives a system its VXP secret, says how it is served, and tells of its calls', async () => {
  const operator = await operatorEnv()
  const set = await docaxis(
    ['--json', 'admin', 'vxp', 'demo-G98', '--network', '10.0.0.0/8', '--rows', 'per-agency'],
    operator,
  )
  await docaxis(['admin', 'revoke-vxp-secret', 'demo-G98', await secretIdOf('demo-G98', operator)], operator)
  const issued = await docaxis(['--json', 'admin', 'issue-vxp-secret', 'demo-G98'], operator)
  const calls = await docaxis(['doctor', '--vxp', 'demo-G98'], operator)
  const requests = await docaxis(['--json', 'admin', 'directory-requests'], operator)

  expect(JSON.parse(set.out)).toMatchObject({ rows: 'per-agency', sourceNetworks: ['10.0.0.0/8'] })
  expect(JSON.parse(issued.out).secret).toMatch(/^[\w-]{43}$/)
  expect([calls.code, calls.out]).toEqual([0, expect.stringContaining('No VXP call')])
  expect(JSON.parse(requests.out).toSorted(byAgency)).toMatchObject([
    { agencyCode: 'H99.32.05', state: 'pending' },
    { agencyCode: 'H99.40', state: 'pending' },
  ])
}, 120_000)

function byAgency(one: { readonly agencyCode: string }, other: { readonly agencyCode: string }): number {
  return one.agencyCode < other.agencyCode ? -1 : 1
}

async function operatorEnv(): Promise<{ DOCAXIS_TOKEN: string }> {
  return { DOCAXIS_TOKEN: (await readFile(join(folder, 'data/demo/operator-token'), 'utf8')).trim() }
}

async function secretIdOf(system: string, operator: { DOCAXIS_TOKEN: string }): Promise<string> {
  const { out } = await docaxis(['--json', 'admin', 'vxp-secrets', system], operator)
  return JSON.parse(out)[0].secretId
}

it("administers the directory with an operator's token, and not without", async () => {
  const operator = await operatorEnv()
  await docaxis(['admin', 'export-agencies', 'agencies.csv'], operator)

  const imported = await docaxis(['--json', 'admin', 'import-agencies', 'agencies.csv', '--dry-run'], operator)
  const agency = await docaxis(['--as', 'G99', 'admin', 'systems'])

  expect(JSON.parse(imported.out)).toMatchObject({ added: 0, changed: 0, unchanged: 9 })
  expect(agency.code).toBe(1)
})

it('previews a reform, has it wait for its day, lists and cancels it, and names the faults of a wrong one', async () => {
  const operator = await operatorEnv()
  const change = { do: 'rename', code: 'H99.32.06', name: 'Phường Sáu' }
  const file = {
    format: 'docaxis-reform-1',
    name: 'command',
    title: 'Thử',
    effectiveOn: '2999-01-01',
    changes: [change],
  }
  await writeFile(join(folder, 'reform.json'), JSON.stringify(file))
  const wrong = { ...file, changes: [{ ...change, code: 'X1' }] }
  await writeFile(join(folder, 'wrong.json'), JSON.stringify(wrong, null, 2))

  const previewed = await docaxis(['--lang', 'en', 'admin', 'reform', 'preview', 'reform.json'], operator)
  const applied = await docaxis(['--json', 'admin', 'reform', 'apply', 'reform.json'], operator)
  const { id } = JSON.parse(applied.out)
  const cancelled = await docaxis(['--json', 'admin', 'reform', 'cancel', id], operator)
  const listed = await docaxis(['admin', 'reform', 'list'], operator)
  const refused = await docaxis(['--lang', 'en', 'admin', 'reform', 'preview', 'wrong.json'], operator)

  expect(previewed.out).toMatch(/agencies .*\+0 -0 ~1 →0/)
  expect(JSON.parse(applied.out)).toMatchObject({ state: 'scheduled' })
  expect(JSON.parse(cancelled.out)).toMatchObject({ state: 'cancelled' })
  expect(listed.out).toContain(`${id}  2999-01-01  cancelled  command`)
  expect(refused.code).toBe(1)
  expect(refused.err).toContain('[M.Reform.Unknown line 9, changes[0].code]')
})

it('imports what an authority published from a folder, and says who would stop without it', async () => {
  const operator = { DOCAXIS_TOKEN: (await readFile(join(folder, 'data/demo/operator-token'), 'utf8')).trim() }
  const authority = await testAuthority({ name: 'CA of the command' })
  const life = { thisUpdate: new Date(Date.now() - 60_000), nextUpdate: new Date(Date.now() + 3_600_000) }
  await mkdir(join(folder, 'lists'))
  await writeFile(join(folder, 'ca.pem'), authority.certificatePem)
  await writeFile(join(folder, 'lists/ca.crl'), authority.crl({ ...life, revoked: [], number: 1 }))

  const anchor = await docaxis(['trust', 'anchor', 'add', 'ca.pem', '--for', 'seal'], operator)
  const imported = await docaxis(['--json', 'trust', 'crl', 'import', 'lists'], operator)
  const whatIf = await docaxis(['--json', 'trust', 'what-if', authority.certificate.sha256], operator)

  expect(anchor.code).toBe(0)
  expect(JSON.parse(imported.out)).toMatchObject([{ issuer: authority.certificate.subject.text, kept: true }])
  expect(JSON.parse(whatIf.out)).toMatchObject({ agencies: [] })
})

it('finds a healthy machine healthy, and names a wrong setting with exit 2', async () => {
  const healthy = await docaxis(['--json', 'doctor'], { DOCAXIS_HTTP_PORT: '0' })
  const wrong = await docaxis(['--json', 'doctor'], { DOCAXIS_HTTP_PORT: 'eighty' })

  expect(JSON.parse(healthy.out).checks.filter((check: { state: string }) => check.state === 'fault')).toEqual([])
  expect(wrong.code).toBe(2)
  expect(wrong.out).toContain('DOCAXIS_HTTP_PORT must be a whole number')
})

it('tells a port that a hub holds from one that another program holds', async () => {
  await using other = await scriptedServer([json(404, {})])

  const ours = await docaxis(['--json', 'doctor'], { DOCAXIS_HTTP_PORT: new URL(hub.url).port })
  const foreign = await docaxis(['--json', 'doctor'], { DOCAXIS_HTTP_PORT: new URL(other.url).port })

  expect(portState(ours.out)).toBe('note')
  expect(portState(foreign.out)).toBe('fault')
})

it('names a database that cannot be reached, without its password', async () => {
  const url = 'postgres://docaxis:geheim@127.0.0.1:9/docaxis'

  const outcome = await docaxis(['--json', 'doctor'], { DOCAXIS_DATABASE_URL: url, DOCAXIS_DEMO: 'on' })

  expect(outcome.code).toBe(2)
  expect(outcome.out).toContain('not reachable')
  expect(outcome.out).not.toContain('geheim')
})

it('lists the events that were given up, and replays none that is not there', async () => {
  const operator = await operatorEnv()

  const listed = await docaxis(['--json', 'admin', 'dead-letters', '--all'], operator)
  const replayed = await docaxis(['admin', 'replay', '0'.repeat(24)], operator)

  expect(JSON.parse(listed.out)).toEqual([])
  expect(replayed.code).toBe(1)
})

it.each([
  { mistake: 'no token', args: ['inbox'], said: 'chưa có mã truy cập' },
  { mistake: 'no such demo agency', args: ['--as', 'X1', 'inbox'], said: 'không có cơ quan này' },
  { mistake: 'a file that is no certificate', args: ['receipt', 'verify', 'x', '--cert', 'x'], said: 'chứng thư số' },
])('says $mistake in Vietnamese where the terminal speaks it', async ({ args, said }) => {
  await writeFile(join(folder, 'x'), '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n')

  const outcome = await docaxis(args, { LC_ALL: 'vi_VN.UTF-8' })

  expect(outcome.code).toBe(2)
  expect(outcome.err).toContain(said)
})

function portState(answer: string): string | undefined {
  const { checks } = JSON.parse(answer) as { checks: readonly { name: string; state: string }[] }
  return checks.find(check => check.name.startsWith('port'))?.state
}

function composeArguments(number: string, receiver: string): string[] {
  const party = ['--from', 'G99', '--to', receiver, '--number', number, '--notation', 'BSNCP-VP']
  const content = ['--subject', `Thử ${number}`, '--signer', 'Hải Yến', '--attach', 'phu-luc.txt']
  return ['--as', 'G99', 'compose', ...party, ...content, '--sign', '-o', `${number}.edxml`]
}

async function deliveryOf(agency: string, documentId: string): Promise<string> {
  for (;;) {
    const { out } = await docaxis(['--as', agency, '--json', 'inbox'])
    const items = JSON.parse(out) as readonly { deliveryId: string; documentId: string }[]
    const item = items.find(candidate => candidate.documentId === documentId)
    if (item) return item.deliveryId
  }
}

/** The command as a user runs it through pnpm: in the workspace's folder, with their own in INIT_CWD. */
function docaxis(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return runCommand(args, {
    INIT_CWD: folder,
    DOCAXIS_URL: hub.url,
    DOCAXIS_DATA_DIR: join(folder, 'data'),
    ...env,
  })
}

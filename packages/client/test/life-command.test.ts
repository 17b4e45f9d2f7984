import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningHub, startHub } from '@docaxis/hub'
import { createLogger, readConfig } from '@docaxis/service'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { runCommand } from './run-command.ts'

// What happens to a document after it was sent, as officials do it by command.

// Each step is a process of its own.
vi.setConfig({ testTimeout: 300_000 })

let folder: string
let hub: RunningHub

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-life-'))
  // As root PostgreSQL runs as another user, which must be able to enter.
  await chmod(folder, 0o755)
  await writeFile(join(folder, 'cv.txt'), 'Kính gửi: các cơ quan')
  hub = await startHub({
    config: readConfig({ DOCAXIS_DATA_DIR: join(folder, 'data'), DOCAXIS_HTTP_PORT: '0' }),
    logger: createLogger({ logLevel: 'warn' }),
  })
})
afterAll(async () => {
  await hub?.stop()
  await rm(folder, { recursive: true, force: true })
})

it('takes a document back before it is fetched, and the receiver is shown that there was one', async () => {
  const { id, documentId } = await send('701')
  const deliveryId = await deliveryOf(documentId)

  const taken = await docaxis(['--as', 'G99', '--lang', 'vi', 'take-back', id, '--reason', 'Gửi nhầm'])
  const left = await docaxis(['--as', 'H99', '--json', 'inbox', '--withdrawn'])
  const fetched = await docaxis(['--as', 'H99', 'fetch', deliveryId, 'got.edxml'])

  expect([taken.code, taken.out]).toEqual([0, expect.stringContaining('đã rút lại, bên nhận chưa lấy')])
  expect(JSON.parse(left.out)).toContainEqual(expect.objectContaining({ deliveryId, documentId }))
  expect([fetched.code, fetched.err]).toEqual([1, expect.stringContaining('withdrawn')])
})

it('revokes what was fetched, and the receiver answers', async () => {
  const { id, documentId } = await send('702')
  const deliveryId = await deliveryOf(documentId)
  await docaxis(['--as', 'H99', 'fetch', deliveryId, '702-got.edxml', '--ack'])

  const revoked = await docaxisSend('703', ['--revokes', documentId, '--because', 'Sai nội dung'])
  const open = await docaxis(['--as', 'H99', '--json', 'changes'])
  const answered = await docaxis(['--as', 'H99', '--lang', 'vi', 'answer', deliveryId, 'agree'])
  const shown = await docaxis(['--as', 'G99', '--lang', 'vi', 'document', id])

  expect(revoked.effects).toMatchObject([{ action: 'revoke', document: id, receiver: 'H99', outcome: 'asked' }])
  expect(JSON.parse(open.out)).toContainEqual(expect.objectContaining({ deliveryId, kind: 'revoke' }))
  expect([answered.code, answered.out]).toEqual([0, expect.stringContaining('15')])
  expect(shown.out).toMatch(/thu hồi +đã đồng ý/)
})

it('replaces and answers documents, and shows the thread', async () => {
  const first = await send('704')
  const second = await docaxisSend('705', ['--replaces', first.documentId, '--because', 'Bản mới'])
  await deliveryOf(second.documentId)

  const replied = await docaxisSend('706', ['--replies-to', `G99=${second.documentId}`], ['H99', 'G99'])
  const thread = await docaxis(['--as', 'H99', '--json', 'thread', replied.id])

  expect(JSON.parse(thread.out)).toMatchObject([
    { id: first.id },
    { id: second.id, replaces: [first.id] },
    { id: replied.id, answers: [second.id] },
  ])
})

interface Sent {
  readonly id: string
  readonly documentId: string
  readonly effects?: readonly object[]
}

function send(number: string): Promise<Sent> {
  return docaxisSend(number, [])
}

async function docaxisSend(
  number: string,
  options: readonly string[],
  [from, to]: readonly [string, string] = ['G99', 'H99'],
): Promise<Sent> {
  const file = `${number}.edxml`
  const party = ['--from', from, '--to', to, '--number', number, '--notation', 'CV-VP', '--signer', 'Hải Yến']
  const content = ['--subject', `Thử ${number}`, '--attach', 'cv.txt', '--sign', '-o', file]
  const composed = await docaxis(['--as', from, 'compose', ...party, ...content, ...options])
  expect(composed).toMatchObject({ code: 0, err: '' })
  const sent = await docaxis(['--as', from, '--json', 'send', file])
  return JSON.parse(sent.out) as Sent
}

/** Waits until H99 has the document in its inbox. */
async function deliveryOf(documentId: string): Promise<string> {
  for (;;) {
    const { out } = await docaxis(['--as', 'H99', '--json', 'inbox'])
    const items = JSON.parse(out) as readonly { deliveryId: string; documentId: string }[]
    const item = items.find(candidate => candidate.documentId === documentId)
    if (item) return item.deliveryId
  }
}

function docaxis(args: readonly string[]) {
  return runCommand(args, {
    DOCAXIS_DATA_DIR: join(folder, 'data'),
    DOCAXIS_URL: new URL(hub.url).origin,
    INIT_CWD: folder,
  })
}

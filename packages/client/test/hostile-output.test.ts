import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from './run-command.ts'
import { json, scriptedServer } from './scripted-server.ts'

// What a hub, or a sender through it, puts into answers must not steer the clerk's terminal or choose where files land.

const token = 'dax_marker-of-a-token-that-is-secret'
const hostile = 'Họp\u001b[2J\u001b]0;owned\u0007\r\n9999  OK\u009b31m\u202egnp.exe'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-hostile-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const item = {
  deliveryId: '1'.repeat(24),
  documentId: 'x',
  kind: 'document',
  sender: hostile,
  receiver: 'H99',
  priority: 0,
  subject: hostile,
}

describe('escape sequences in a subject', () => {
  it('are shown as what they are, on one line', async () => {
    await using hub = await scriptedServer([json(200, { items: [item], next: null })])

    const { out } = await docaxis(['inbox'], hub.url)

    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
    expect(out.trimEnd().split('\n')).toHaveLength(2)
  })

  it('are escaped under --json, and read back the same', async () => {
    await using hub = await scriptedServer([json(200, { items: [item], next: null })])

    const { out } = await docaxis(['--json', 'inbox'], hub.url)

    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
    expect(JSON.parse(out)[0].subject).toBe(hostile)
  })

  it('are harmless in a refusal', async () => {
    const errors = [{ code: 'M.X', path: hostile, vi: hostile, en: hostile, hint: { vi: hostile, en: hostile } }]
    await using hub = await scriptedServer([json(422, { code: 'ENVELOPE_REFUSED', title: hostile, errors })])

    const { err } = await docaxis(['inbox'], hub.url)

    expect(err).toContain('ENVELOPE_REFUSED')
    expect(err.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
  })
})

it.each(['../../evil', '/tmp/evil', '.bashrc', '-rf', '..'])(
  'makes a file beside the user of a delivery id such as %s',
  async id => {
    await using hub = await scriptedServer([(response, _request) => response.end('<edXML/>')])
    const before = await readdir(folder)

    const { code, out } = await docaxis(['--json', 'fetch', '--', id], hub.url)

    const made = (await readdir(folder)).filter(name => !before.includes(name))
    expect(code).toBe(0)
    expect(made).toHaveLength(1)
    expect(made[0]).toMatch(/^_[\w.-]*\.edxml$/)
    expect(JSON.parse(out).file).toBe(join(folder, made[0] ?? ''))
    await rm(join(folder, made[0] ?? ''))
  },
)

it.each([{ args: ['inbox'] }, { args: ['--json', 'inbox'] }, { args: ['doctor'] }, { args: ['--json', 'doctor'] }])(
  'never prints the token: $args',
  async ({ args }) => {
    await using hub = await scriptedServer([json(401, { code: 'AUTHENTICATION_REQUIRED', title: 'no' })])

    const { out, err } = await docaxis(args, hub.url)

    expect(out + err).not.toContain(token)
  },
)

function docaxis(args: readonly string[], url: string) {
  return runCommand(args, { INIT_CWD: folder, DOCAXIS_URL: url, DOCAXIS_TOKEN: token })
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { itWithShared, sharedPath } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'
import { runCommand } from './run-command.ts'

const it = itWithShared('vectors', 'pdf')
const vector = (name: string) => sharedPath('vectors/pdf/pyhanko', name)
const docaxis = (args: readonly string[]) => runCommand(args, { INIT_CWD: folder })

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-verify-pdf-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('says in one sentence what a signed PDF comes to, and what was not checked', async () => {
  const { code, out } = await docaxis(['--lang', 'en', 'verify', 'pdf', vector('sig-with-ski-sid.pdf')])

  expect(code).toBe(0)
  expect(out).toMatch(/^The file is unchanged since it was signed; but WHO signed was not checked/)
  expect(out).toContain('computes (the signer was not judged)')
  expect(out).toContain('Not checked:')
})

it('names what was changed after signing, and exits with 1', async () => {
  const name = 'form-update-override-appearance-stream-sneaky.pdf'

  const { code, out } = await docaxis(['--lang', 'en', 'verify', 'pdf', vector(name)])

  expect(code).toBe(1)
  expect(out).toMatch(/^Do NOT rely on this file: .*PDF_CHANGED_AFTER_SIGNING/)
  expect(out).toContain('[NOT allowed] 2: structure of the document')
})

it('answers a manifest line by line, whatever stands in it', async () => {
  await writeFile(join(folder, 'no.pdf'), 'no PDF')
  const lines = [
    { id: 'a', file: vector('sig-with-ski-sid.pdf') },
    { id: 'b', file: 'missing.pdf' },
    { id: 'c', file: vector('minimal.pdf') },
    { id: 'd', file: 'no.pdf', profile: 'vn-issued' },
    { id: 'e', file: 'no.pdf', profile: 'other' },
    {
      id: 'f',
      file: vector('sig-with-ski-sid.pdf'),
      anchors: [vector('crypto/tsa.cert.pem')],
      at: '2021-06-01T00:00:00Z',
    },
    { id: 'g', file: '.' },
  ]
  await writeFile(join(folder, 'manifest.jsonl'), lines.map(line => JSON.stringify(line)).join('\n'))

  const { code, out } = await docaxis(['verify', 'pdf', '--batch', 'manifest.jsonl'])

  const refused = (id: string, code: string) => ({
    id,
    verdict: 'INVALID',
    codes: [code],
    signatures: [],
    scope: 'integrity',
  })
  const one = (verdict: string, codes: readonly string[]) => ({
    verdict,
    codes,
    signatures: [{ verdict, codes, coversDocument: true }],
  })
  expect(code).toBe(0)
  expect(
    out
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line)),
  ).toEqual([
    { id: 'a', ...one('VALID', ['OK']), scope: 'integrity' },
    refused('b', 'FILE_UNREADABLE'),
    refused('c', 'NOT_SIGNED'),
    refused('d', 'PDF_UNSUPPORTED'),
    refused('e', 'REQUEST_INVALID'),
    { id: 'f', ...one('INDETERMINATE', ['PATH_NOT_FOUND']), scope: 'full' },
    refused('g', 'FILE_UNREADABLE'),
  ])
})

it('judges algorithms by the ends that the hub is configured with', async () => {
  const ends = join(folder, 'ends.json')
  const judged = async (days: string) => {
    await writeFile(ends, days)
    const anchor = ['--anchor', vector('crypto/testing-ca/root/root.cert.pem'), '--at', '2021-06-01T00:00:00Z']
    const args = ['--lang', 'en', 'verify', 'pdf', vector('sig-with-ski-sid.pdf'), ...anchor]
    return runCommand(args, { INIT_CWD: folder, DOCAXIS_ALGORITHM_ENDS_FILE: ends })
  }

  expect((await judged('{"sha256": "2021-06-01"}')).out).toContain('[REVOCATION_UNAVAILABLE]')
  expect((await judged('{"sha256": "2021-05-31"}')).out).toContain('[ALGORITHM_NOT_ALLOWED]')
  expect(await judged('{"sha256": "never"}')).toMatchObject({ code: 2 })
})

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseOcspResponse, writeOcspRequest } from '@docaxis/pki'
import type { Identity } from '@docaxis/pki/authority'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type FileServer,
  itWithPrograms,
  noon,
  type OcspResponder,
  type TestAuthority,
  testAuthority,
  testFileServer,
  testOcspResponder,
  testTsa,
} from '../src/index.ts'

const itWithOpenssl = itWithPrograms('openssl')
const folder = mkdtempSync(join(tmpdir(), 'docaxis-evidence-'))
const content = Buffer.from('Biên nhận\n')
let authority: TestAuthority
let seal: Identity
let files: FileServer
let responder: OcspResponder

beforeAll(async () => {
  authority = await testAuthority()
  seal = await authority.seal('A01')
  files = await testFileServer({ '/ca.crl': authority.list().der })
  responder = await testOcspResponder({ authority, now: () => noon })
})

afterAll(async () => {
  await files.close()
  await responder.close()
  rmSync(folder, { recursive: true })
})

function file(name: string, bytes: string | Uint8Array): string {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}

/** Never in the way of the servers, which run in this very process. */
async function openssl(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)('openssl', args, { cwd: folder })
  return stdout + stderr
}

async function post(url: string, body: Uint8Array): Promise<Buffer> {
  const response = await fetch(url, { method: 'POST', body: new Uint8Array(body) })
  return Buffer.from(await response.arrayBuffer())
}

function ocspRequest(nonce = Buffer.alloc(32, 1)): Buffer {
  return writeOcspRequest({ certificate: seal.certificate, issuer: authority.certificate, nonce })
}

it('serves a list, and nothing where nothing was put', async () => {
  const list = await fetch(`${files.url}/ca.crl`)
  const nothing = await fetch(`${files.url}/other.crl`)

  expect(Buffer.from(await list.arrayBuffer())).toEqual(files.files.get('/ca.crl'))
  expect(nothing.status).toBe(404)
})

it('hangs up, sends elsewhere and never answers when told to', async () => {
  files.trouble = 'down'
  await expect(fetch(`${files.url}/ca.crl`)).rejects.toThrow()
  files.trouble = 'redirect-inside'
  const elsewhere = await fetch(`${files.url}/ca.crl`, { redirect: 'manual' })
  files.trouble = 'slow'
  const left = new AbortController()
  const waiting = fetch(`${files.url}/ca.crl`, { signal: left.signal })
  left.abort()
  await expect(waiting).rejects.toThrow()
  files.trouble = undefined

  expect(elsewhere.headers.get('location')).toMatch(/^http:\/\/localhost:\d+\/inside$/)
  expect(files.visits).not.toContain('/inside')
})

it('sends without end when told to', async () => {
  files.trouble = 'huge'
  const response = await fetch(`${files.url}/ca.crl`)
  files.trouble = undefined
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > 4_000_000) break
  }

  expect(bytes).toBeGreaterThan(4_000_000)
})

it.each([
  { trouble: 'try-later', expected: { answer: 'tryLater' } },
  { trouble: 'unknown', expected: { basic: { responses: [{ status: { is: 'unknown' } }] } } },
  { trouble: 'wrong-nonce', expected: { basic: { nonce: Buffer.alloc(32, 7) } } },
  { trouble: 'unsigned', expected: { basic: { signature: { value: Buffer.alloc(0) } } } },
  { trouble: undefined, expected: { basic: { nonce: Buffer.alloc(32, 1), responses: [{ status: { is: 'good' } }] } } },
] as const)('answers OCSP with trouble: $trouble', async ({ trouble, expected }) => {
  responder.trouble = trouble
  const response = await post(responder.url, ocspRequest())
  responder.trouble = undefined

  expect(parseOcspResponse(response)).toMatchObject(expected)
})

itWithOpenssl.each(['testkit', 'openssl'])('gives OCSP answers by %s that openssl verifies', async engine => {
  const known = engine === 'openssl' ? { opensslKnows: [seal.certificate] } : {}
  const real = await testOcspResponder({ authority, now: () => new Date(), ...known })
  const ca = file('ca.pem', authority.certificatePem)
  const asked = ['-issuer', ca, '-cert', file('seal.pem', seal.certificatePem), '-CAfile', ca, '-url', real.url]

  const good = await openssl('ocsp', ...asked)
  real.revoked.set(seal.certificate.serial, { at: new Date('2026-01-01T00:00:00Z'), reason: 'keyCompromise' })
  const revoked = await openssl('ocsp', ...asked)
  await real.close()

  expect(good).toContain('seal.pem: good')
  expect(revoked).toMatch(/seal.pem: revoked[\s\S]*Reason: keyCompromise/)
})

itWithOpenssl.each([{ engine: 'openssl' }, { engine: 'testkit', now: () => noon }])(
  'stamps by $engine so that openssl verifies',
  async ({ now }) => {
    const tsa = await testTsa({ authority, ...(now && { now }) })
    await openssl('ts', '-query', '-data', file('content', content), '-sha256', '-cert', '-out', 'query.tsq')
    const query = readFileSync(join(folder, 'query.tsq'))

    const response = await post(tsa.url, query)
    await tsa.close()
    const ca = file('ca.pem', authority.certificatePem)
    const verified = await openssl(
      'ts',
      '-verify',
      '-in',
      file('r.tsr', response),
      '-queryfile',
      'query.tsq',
      '-CAfile',
      ca,
    )

    expect(verified).toContain('Verification: OK')
    expect(response.includes(createHash('sha256').update(content).digest())).toBe(true)
  },
)

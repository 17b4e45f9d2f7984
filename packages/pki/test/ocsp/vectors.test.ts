import { readFileSync } from 'node:fs'
import { hasShared, itWithShared, sharedPath } from '@docaxis/testkit'
import { expect } from 'vitest'
import { createTrust, ocspStatus, parseCertificates, parseOcspResponse, validatePath } from '../../src/index.ts'

interface Case {
  readonly name: string
  readonly anchor: string
  readonly intermediates: readonly string[]
  readonly target: string
  readonly responses: readonly string[]
  readonly time: string
  readonly good: boolean
  readonly why?: string
}

const folder = ['vectors', 'ocsp-crl-tsp', 'openssl-ocsp'] as const
const none: Case = { name: '-', anchor: '', intermediates: [], target: '', responses: [], time: '', good: false }
const cases: readonly Case[] = hasShared(...folder)
  ? JSON.parse(readFileSync(sharedPath(...folder, 'expected.json'), 'utf8')).cases
  : [none]

function certificateOf(file: string) {
  // Some files hold the same certificate twice.
  const [certificate] = parseCertificates(readFileSync(sharedPath(...folder, file)))
  if (!certificate) throw new Error(`no certificate in ${file}`)
  return certificate
}

const responseOf = (file: string) =>
  parseOcspResponse(Buffer.from(readFileSync(sharedPath(...folder, file), 'latin1'), 'base64'))

function partsOf({ anchor, intermediates, target, responses, time }: Case) {
  const path = [target, ...intermediates, anchor].map(certificateOf)
  const ocsp = responses.map(responseOf)
  return { path, ocsp, trust: createTrust({ anchors: path.slice(-1), crls: [], ocsp }), at: new Date(time) }
}

/** What every response says of every certificate of the path, with or without the rule that SHA-1 signs nothing any more. */
function answersOf(one: Case, outdated: boolean): string[] {
  const { path, ocsp, trust, at } = partsOf(one)
  return path.slice(0, ocsp.length).map((certificate, index) => {
    const [response, issuer] = [ocsp[index], path[index + 1]]
    if (!response || !issuer) return 'no response'
    const status = ocspStatus({ response, certificate, issuer, trust, at, outdated })
    return status.is === 'unusable' ? status.detail : status.is
  })
}

const itEach = itWithShared(...folder)

// All of them are of 2012 and signed with SHA-1, which signs nothing here any more (V14): none can be VALID.
itEach.each(cases)('has no VALID from $name', one => {
  const { path, trust, at } = partsOf(one)
  const [certificate, ...intermediates] = path
  if (!certificate) throw new Error('no certificate')

  const result = validatePath({ certificate, intermediates, trust, at, purpose: 'any' })

  expect(result.verdict).not.toBe('VALID')
})

/** Nothing waives a check of its responder, and there is nothing to check it by (V42); openssl asks for no such check. */
const unchecked = 'delegated_success'
const good = cases.filter(one => one.good)

itEach.each(good.filter(({ name }) => name !== unchecked))('computes that $name proves what it says', one => {
  for (const answer of answersOf(one, true)) expect(answer).toBe('good')
  for (const answer of answersOf(one, false)) expect(answer).toMatch(/1\.2\.840\.113549\.1\.1\.5$/)
})

itEach.each(good.filter(({ name }) => name === unchecked))('misses the check of the responder of $name alone', one => {
  expect(answersOf(one, true)).toEqual([expect.stringMatching(/^responder .*: no revocation list of /)])
})

itEach.each(cases.filter(one => !one.good))('computes that $name proves nothing: $why', one => {
  expect(answersOf(one, true).every(answer => answer === 'good')).toBe(false)
})

itEach.each(cases.filter(({ why }) => why !== undefined && /hash|name/.test(why)))(
  'says of $name that it does not fit: $why',
  one => {
    expect(answersOf(one, true).join(' ')).toMatch(/another issuer|no certificate of the responder/)
  },
)

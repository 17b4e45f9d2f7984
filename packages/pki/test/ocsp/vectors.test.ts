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

/** What every response says of every certificate of the path, without the rule that SHA-1 signs nothing any more. */
function faultsOf(one: Case): string[] {
  const { path, ocsp, trust, at } = partsOf(one)
  return path.slice(0, ocsp.length).map((certificate, index) => {
    const [response, issuer] = [ocsp[index], path[index + 1]]
    if (!response || !issuer) return 'no response'
    const status = ocspStatus({ response, certificate, issuer, trust, at })
    return status.is === 'unusable' ? status.detail : status.is
  })
}

const itEach = itWithShared(...folder)

// All of them are of 2012 and signed with SHA-1, which signs nothing here (V14): none can be VALID.
itEach.each(cases)('has no VALID from $name', one => {
  const { path, trust, at } = partsOf(one)
  const [certificate, ...intermediates] = path
  if (!certificate) throw new Error('no certificate')

  const result = validatePath({ certificate, intermediates, trust, at, purpose: 'any' })

  expect(result.verdict).not.toBe('VALID')
})

/** Its responder's certificate has an empty list of alternative names, which RFC 5280 section 4.2.1.6 forbids (V38). */
const unreadable = 'delegated_success'

itEach.each(cases.filter(({ good, name }) => good && name !== unreadable))(
  'has nothing against $name but SHA-1',
  one => {
    for (const fault of faultsOf(one)) expect(fault).toMatch(/1\.2\.840\.113549\.1\.1\.5$/)
  },
)

itEach.each(cases.filter(({ name }) => name === unreadable))('does not read the responder of $name', one => {
  expect(faultsOf(one)).toEqual(['no certificate of the responder that the response names'])
})

itEach.each(cases.filter(({ why }) => why !== undefined && /hash|name/.test(why)))(
  'says of $name that it does not fit: $why',
  one => {
    const wrong = faultsOf(one).filter(fault => !/1\.2\.840\.113549\.1\.1\.5$/.test(fault))

    expect(wrong.join(' ')).toMatch(/another issuer|no certificate of the responder/)
  },
)

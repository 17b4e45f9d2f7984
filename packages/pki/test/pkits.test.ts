import { readFileSync } from 'node:fs'
import { hasShared, itWithShared, sharedPath } from '@docaxis/testkit'
import { expect } from 'vitest'
import {
  type Certificate,
  type Crl,
  createTrust,
  DerError,
  parseCertificate,
  parseCrl,
  validatePath,
} from '../src/index.ts'

interface Case {
  readonly id: string
  readonly title: string
  readonly certs: readonly string[]
  readonly crls: readonly string[]
  readonly valid: boolean
  readonly kind?: string
  readonly strict?: string
}

const folder = ['vectors', 'pki', 'nist-pkits'] as const
const at = new Date('2020-01-01T00:00:00Z')
const cases: readonly Case[] = hasShared(...folder)
  ? JSON.parse(readFileSync(sharedPath(...folder, 'expected.json'), 'utf8')).cases
  : [{ id: '', title: 'NIST PKITS', certs: [], crls: [], valid: false }]

const codesOfKind: Readonly<Record<string, readonly string[]>> = {
  path: ['NOT_DER', 'PATH_INVALID', 'CERTIFICATE_EXPIRED', 'CERTIFICATE_NOT_YET_VALID', 'PATH_NOT_FOUND'],
  revoked: ['CERTIFICATE_REVOKED', 'CA_REVOKED', 'PATH_INVALID'],
  'no usable revocation data': ['REVOCATION_UNAVAILABLE'],
  'revocation data too old': ['REVOCATION_STALE'],
}

const itEach = itWithShared(...folder)

itEach.each(cases)('answers NIST PKITS $id $title', ({ certs, crls, valid, kind, strict }) => {
  const path = certs.map(name => readable(() => parseCertificate(readFileSync(sharedPath(...folder, 'certs', name)))))
  const lists = crls.map(name => readable(() => parseCrl(readFileSync(sharedPath(...folder, 'crls', name)))))

  const result = judge(path, lists)

  if (valid && !strict) expect(result).toMatchObject({ verdict: 'VALID', code: 'OK' })
  else if (strict) expect(['ALGORITHM_NOT_ALLOWED', 'NOT_DER']).toContain(result.code)
  else expect(codesOfKind[kind ?? '']).toContain(result.code)
})

/** Certificates anchor first; the middle ones are handed over in the wrong order on purpose. */
function judge(path: readonly (Certificate | undefined)[], lists: readonly (Crl | undefined)[]) {
  const [anchor, ...below] = path.filter(certificate => certificate !== undefined)
  const certificate = below.pop()
  if (!anchor || !certificate || path.includes(undefined)) return { verdict: 'INVALID', code: 'NOT_DER' }
  const trust = createTrust({ anchors: [anchor], crls: lists.filter(crl => crl !== undefined) })
  return validatePath({ certificate, intermediates: below.reverse(), trust, at, purpose: 'seal' })
}

/** Two certificates and a list of the set have a signature that is no whole number of octets: not DER for us (V38). */
function readable<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

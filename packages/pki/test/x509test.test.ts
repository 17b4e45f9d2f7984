import { readFileSync } from 'node:fs'
import { hasShared, itWithShared, sharedPath } from '@docaxis/testkit'
import { expect } from 'vitest'
import { createTrust, type PathQuestion, parseCertificate, parseCertificates, validatePath } from '../src/index.ts'
import { nameConstraintFault, narrow, noNameLimits } from '../src/path/name-constraints.ts'

interface Case {
  readonly file: string
  readonly valid: boolean
  readonly scope: string
  readonly why?: string
}

const folder = ['vectors', 'pki', 'x509test'] as const
const at = new Date('2016-01-01T00:00:00Z')
const cases: readonly Case[] = hasShared(...folder)
  ? JSON.parse(readFileSync(sharedPath(...folder, 'expected.json'), 'utf8')).cases
  : [{ file: 'x509test', valid: false, scope: 'path' }]

function validate(
  file: string,
  asked: Pick<PathQuestion, 'purpose' | 'revocation' | 'outdated'> = { purpose: 'seal' },
) {
  const anchor = parseCertificate(readFileSync(sharedPath(...folder, 'root.pem')))
  const [certificate, ...intermediates] = parseCertificates(readFileSync(sharedPath(...folder, file)))
  if (!certificate) throw new Error(`no certificate in ${file}`)
  const trust = createTrust({ anchors: [anchor], crls: [] })
  return validatePath({ certificate, intermediates, trust, at, ...asked })
}

const itEach = itWithShared(...folder)
const ofPaths = cases.filter(({ scope }) => scope === 'path')

// Every chain of this set is signed with SHA-1, so none can be VALID here, whatever the publisher answered.
itEach.each(ofPaths)('refuses $file, signed with SHA-1 at the latest', ({ file, valid }) => {
  const result = validate(file)

  expect(result.verdict).not.toBe('VALID')
  if (valid) expect(result).toMatchObject({ code: 'ALGORITHM_NOT_ALLOWED', rule: 'V13' })
})

// What the certificate may be used for is judged for our purposes, and TLS is none of them.
itEach.each(ofPaths.filter(({ why }) => why !== 'usage'))(
  'computes of $file what its publisher says',
  ({ file, valid }) => {
    const { verdict } = validate(file, { purpose: 'any', revocation: 'none', outdated: true })

    expect(verdict === 'VALID').toBe(valid)
  },
)

itEach.each(ofPaths.filter(({ file }) => file.includes('NameConstraint')))(
  'judges the names of $file',
  ({ file, valid }) => {
    const [leaf, ...authorities] = parseCertificates(readFileSync(sharedPath(...folder, file)))
    if (!leaf) throw new Error(`no certificate in ${file}`)

    const limits = authorities.reduce((names, { nameConstraints }) => narrow(names, nameConstraints), noNameLimits)

    expect(nameConstraintFault(limits, leaf, () => true) === undefined).toBe(valid)
  },
)

itEach.skip.each(cases.filter(({ scope }) => scope !== 'path'))(
  'out of scope, host names of outgoing TLS: $file',
  () => {},
)

import { itWithShared, noon } from '@docaxis/testkit'
import { describe, expect, it } from 'vitest'
import { verifySignedXml } from '../../src/index.ts'
import {
  casesIn,
  certificateIn,
  certificateOf,
  failedRules,
  hasRelativeNamespaces,
  keyValueOf,
  readVector,
  strictVerdict,
} from './vectors.ts'

const interop = ['xmldsig-interop', 'xmlsec'] as const

interface InteropCase {
  readonly file: string
  readonly computes: boolean | null
  readonly verify_with_certificate?: string
  readonly refused_by: readonly string[]
}

interface WrappingCase {
  readonly file: string
  readonly key: string | null
  readonly answer: 'ACCEPT' | 'REFUSE'
  readonly refused_by: readonly string[]
}

const interopCases = casesIn<InteropCase>(...interop)
const wrappingCases = casesIn<WrappingCase>('xsw')

/** Rules by which the generic profile refuses what computes: coverage, transforms, algorithms, keys and their forms. */
const policyRules = ['V06', 'V07', 'V08', 'V09', 'V11', 'V13', 'V14', 'V15', 'V17', 'V22']

async function keysOf({ file, verify_with_certificate: named }: InteropCase) {
  if (named !== undefined) return [await certificateIn(readVector(...interop, named))].filter(one => one !== undefined)
  const key = keyValueOf(readVector(...interop, file).toString())
  return key && [await certificateOf(key)]
}

describe('signatures of other implementations', () => {
  it.each(interopCases)('$file', async one => {
    const xml = readVector(...interop, one.file)
    const certificates = await keysOf(one)

    const verdict = verifySignedXml(xml, { certificates, at: noon })

    if (verdict.verdict === 'VALID') {
      expect(one.computes).toBe(true)
      return
    }
    expect(verdict.verdict).toBe('INVALID')
    if (one.computes) expect([...policyRules, 'V01']).toContain(verdict.rule)
  })

  it.each(interopCases)('the strict profile refuses $file', one => {
    const xml = readVector(...interop, one.file)

    const verdict = strictVerdict(xml)

    const rules = failedRules(verdict)
    expect(verdict.verdict).toBe('INVALID')
    if (one.refused_by.length > 0) expect(rules.filter(rule => one.refused_by.includes(rule))).not.toEqual([])
  })

  itWithShared('vectors', ...interop)('computes every one that our algorithms allow', async () => {
    const valid: string[] = []
    for (const one of interopCases) {
      const certificates = await keysOf(one)
      const { verdict } = verifySignedXml(readVector(...interop, one.file), { certificates, at: noon })
      if (verdict === 'VALID') valid.push(one.file.replace(/^.*enveloping-/, ''))
    }

    expect(valid).toEqual(
      ['p256', 'p384', 'p521'].flatMap(curve => ['sha256', 'sha384', 'sha512'].map(hash => `${curve}_${hash}.xml`)),
    )
  })
})

describe('wrapped, doubled and confused signatures', () => {
  it.each(wrappingCases)('$answer $file', async ({ file, key, answer }) => {
    const certificate = key === null ? undefined : await certificateIn(readVector('xsw', key))

    const verdict = verifySignedXml(readVector('xsw', file), {
      certificates: certificate ? [certificate] : [],
      at: noon,
    })

    if (verdict.verdict === 'VALID') expect(answer).toBe('ACCEPT')
    if (answer === 'REFUSE') expect(verdict.verdict).toBe('INVALID')
    if (answer === 'ACCEPT' && verdict.verdict === 'INVALID') {
      const expected = hasRelativeNamespaces(readVector('xsw', file)) ? ['V01', 'V09', ...policyRules] : policyRules
      expect(expected).toContain(verdict.rule)
    }
  })

  it.each(wrappingCases)('the strict profile refuses $file', ({ file, refused_by }) => {
    const xml = readVector('xsw', file)

    const verdict = strictVerdict(xml)

    const rules = failedRules(verdict)
    // An envelope with relative name spaces is refused before anybody looks for a Signature.
    const expected = hasRelativeNamespaces(xml) ? ['V01', ...refused_by] : refused_by
    expect(rules.filter(rule => expected.includes(rule))).not.toEqual([])
  })

  itWithShared('vectors', 'xsw')('accepts every one that our algorithms and key sizes allow', async () => {
    const covered: Record<string, string | undefined> = {}
    for (const { file, key } of wrappingCases) {
      const certificate = key === null ? undefined : await certificateIn(readVector('xsw', key))
      const certificates = certificate ? [certificate] : []
      const { verdict, covers } = verifySignedXml(readVector('xsw', file), { certificates, at: noon })
      if (verdict === 'VALID') covered[file.replace(/^.*\//, '')] = covers
    }

    expect(covered).toEqual({
      'response.root-signed.assertion-signed.1advice-signed.xml': 'document',
      'response.root-signed.assertion-signed.2advice-signed.xml': 'document',
      'response.root-unsigned.assertion-signed.1advice-signed.xml': 'part',
      'valid_saml_sha256_rsa_mgf1.xml': 'document',
    })
  })
})

describe('XML bombs', () => {
  const bombs = casesIn<{ file: string; code: string | null }>('xml-bombs')

  it.each(bombs)('$file', ({ file, code }) => {
    const generic = verifySignedXml(readVector('xml-bombs', file), { at: noon })

    expect(generic.verdict).toBe('INVALID')
    expect(generic.code).toBe(code ?? 'NOT_SIGNED')
  })

  itWithShared('vectors', 'xml-bombs')('are all tried', () => {
    expect(bombs).toHaveLength(13)
  })
})

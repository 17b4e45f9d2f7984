import { chance, pick, type Random } from '../random.ts'
import type { KeyKind } from '../signing-bench.ts'
import { exclusiveC14n, xmldsig } from './namespace-names.ts'
import { type ElementNode, elementsOf, type Node } from './tree.ts'

const element = elementsOf(xmldsig)

export type DigestName = 'sha256' | 'sha384' | 'sha512'

const digestMethods: Readonly<Record<DigestName, string>> = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
}
const signatureMethods: Readonly<Record<KeyKind, string>> = {
  ec: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  rsa: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
}

/** What is filled in when the document stands: as long as what comes into their place, so that no offset moves. */
export interface Blanks {
  readonly key: KeyKind
  readonly digest: DigestName
  readonly digestBlank: string
  readonly valueBlank: string
  readonly certificateBlank: string
}

const base64Lengths = { sha256: 44, sha384: 64, sha512: 88, ec: 88, rsa: 344 } as const
/** Longer than any certificate of ours in Base64: their length differs from run to run, this does not. */
export const certificateLength: Readonly<Record<KeyKind, number>> = { ec: 640, rsa: 1200 }

export function drawBlanks(random: Random): Blanks {
  const key = chance(random, 0.05) ? 'rsa' : 'ec'
  const digest = pick(random, ['sha256', 'sha256', 'sha256', 'sha384', 'sha512'] as const)
  return {
    key,
    digest,
    digestBlank: 'DIGEST'.padEnd(base64Lengths[digest], '+'),
    valueBlank: 'VALUE'.padEnd(base64Lengths[key], '+'),
    certificateBlank: 'CERTIFICATE'.padEnd(certificateLength[key], '+'),
  }
}

/** A Signature of the strict profile (edXML 10.2) with blanks for digest, value and certificate. */
export function signatureTree(random: Random, blanks: Blanks): ElementNode {
  const attributes: Readonly<Record<string, string>> = chance(random, 0.2) ? { Id: 'seal' } : {}
  return element('Signature', [signedInfo(blanks), value(blanks), keyInfo(random, blanks)], attributes)
}

function signedInfo({ key, digest, digestBlank }: Blanks): ElementNode {
  const named = (name: string, Algorithm: string) => element(name, [], { Algorithm })
  return element('SignedInfo', [
    named('CanonicalizationMethod', exclusiveC14n),
    named('SignatureMethod', signatureMethods[key]),
    element(
      'Reference',
      [
        element('Transforms', [named('Transform', `${xmldsig}enveloped-signature`), named('Transform', exclusiveC14n)]),
        named('DigestMethod', digestMethods[digest]),
        element('DigestValue', [verbatim(digestBlank)]),
      ],
      { URI: '' },
    ),
  ])
}

function value({ valueBlank }: Blanks): ElementNode {
  return element('SignatureValue', [verbatim(valueBlank)])
}

function keyInfo(random: Random, { certificateBlank }: Blanks): ElementNode {
  const name = chance(random, 0.1) ? [element('KeyName', ['con dấu'])] : []
  const certificate = element('X509Certificate', [verbatim(certificateBlank)])
  return element('KeyInfo', [...name, element('X509Data', [certificate])])
}

function verbatim(markup: string): Node {
  return { kind: 'verbatim', markup }
}

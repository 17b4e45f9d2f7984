import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { EnvelopeReading } from '@docaxis/edxml'
import { type Certificate, createTrust, parseCertificate, parseCrl, type Trust } from '@docaxis/pki'
import { createAuthority } from '@docaxis/pki/authority'
import { type SealVerdict, verifySeal } from '@docaxis/signature'

export type KeyKind = 'ec' | 'rsa'

/** The moment at which everything is judged, between the dates of the certificates and of the list. */
export const judgedAt = new Date('2030-01-15T05:00:00Z')

/** Who signs, as plain data: worker threads are given the same. */
export interface SigningMaterials {
  readonly authorityPem: string
  readonly crl: Uint8Array
  readonly seals: Readonly<Record<KeyKind, { readonly privateKeyPem: string; readonly certificatePem: string }>>
}

/** The same, ready for use. */
export interface SigningBench {
  readonly trust: Trust
  readonly seals: Readonly<Record<KeyKind, { readonly privateKey: KeyObject; readonly certificate: Certificate }>>
}

/** An authority of its own, its empty list, and one seal of each kind for G99. */
export async function makeSigningMaterials(): Promise<SigningMaterials> {
  const authority = await createAuthority({
    name: 'docaxis bench CA',
    keyType: 'ec',
    notBefore: new Date('2025-01-01T00:00:00Z'),
    notAfter: new Date('2040-01-01T00:00:00Z'),
  })
  const seal = async (keyType: KeyKind) => {
    const { privateKeyPem, certificatePem } = await authority.issueIdentity({
      subject: { commonName: 'Con dấu G99' },
      keyType,
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      notBefore: new Date('2029-01-01T00:00:00Z'),
      notAfter: new Date('2032-01-01T00:00:00Z'),
    })
    return { privateKeyPem, certificatePem }
  }
  const crl = authority.crl({
    thisUpdate: new Date('2030-01-15T00:00:00Z'),
    nextUpdate: new Date('2030-01-16T00:00:00Z'),
    revoked: [],
    number: 1,
  })
  return { authorityPem: authority.certificatePem, crl, seals: { ec: await seal('ec'), rsa: await seal('rsa') } }
}

export function openSigningBench({ authorityPem, crl, seals }: SigningMaterials): SigningBench {
  const open = (kind: KeyKind) => ({
    privateKey: createPrivateKey(seals[kind].privateKeyPem),
    certificate: parseCertificate(seals[kind].certificatePem),
  })
  return {
    trust: createTrust({ anchors: [parseCertificate(authorityPem)], crls: [parseCrl(Buffer.from(crl))] }),
    seals: { ec: open('ec'), rsa: open('rsa') },
  }
}

/** On the seal of an envelope that G99 sent; undefined where the XML was not readable. */
export async function verdictOn(
  { signature }: EnvelopeReading,
  { trust }: SigningBench,
): Promise<SealVerdict | undefined> {
  if (signature === undefined) return undefined
  const holderOf = () => Promise.resolve({ holderCode: 'G99' })
  return verifySeal({ material: signature, senderCode: 'G99', holderOf, trust, at: judgedAt })
}

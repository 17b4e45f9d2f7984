import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Extension } from '@docaxis/pki'
import {
  type Authority,
  bits,
  boolean,
  createAuthority,
  encode,
  integer,
  objectId,
  octets,
  sequence,
  writeName,
} from '@docaxis/pki/authority'
import { daysFromNoon } from '../authority.ts'

/** What somebody might hand in to stop the hub or to mislead it. All DER. */
export interface HostileQuestion {
  readonly what: string
  readonly anchor: Buffer
  readonly certificate: Buffer
  readonly intermediates: readonly Buffer[]
  /** Without any, nobody asks for revocation. */
  readonly crls?: readonly Buffer[]
  /** Right for all its size; everything else must not be VALID. */
  readonly isRight?: true
}

export const times = { notBefore: daysFromNoon(-100), notAfter: daysFromNoon(100) }
export const current = { thisUpdate: daysFromNoon(-1), nextUpdate: daysFromNoon(1) }
export const leafWish = {
  subject: { commonName: 'Leaf' },
  keyType: 'ec',
  keyUsage: ['digitalSignature'],
  serial: '0a',
  ...times,
} as const

export function hostileRoot(): Promise<Authority> {
  return createAuthority({ name: 'Root', keyType: 'ec', ...times })
}

/** An authority and a leaf below it, with these extensions. */
export async function pairBelow(
  root: Authority,
  ofAuthority: readonly Extension[],
  ofLeaf: readonly Extension[],
): Promise<Pick<HostileQuestion, 'anchor' | 'certificate' | 'intermediates'> & { readonly issuer: Authority }> {
  const issuer = await root.issueAuthority({ name: 'CA', keyType: 'ec', extensions: ofAuthority, ...times })
  const leaf = await issuer.issueIdentity({ ...leafWish, extensions: ofLeaf })
  return {
    anchor: root.certificate.der,
    certificate: leaf.certificate.der,
    intermediates: [issuer.certificate.der],
    issuer,
  }
}

export const anyKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })

interface RawWish {
  readonly issuer?: Buffer
  readonly subject?: Buffer
  readonly serial?: Buffer
  /** SubjectPublicKeyInfo. */
  readonly key?: Buffer
  readonly extensions?: readonly Buffer[]
}

/** A certificate of parts that no library would write, truly signed by the authority. */
export function rawCertificate(signer: Authority, wish: RawWish): Buffer {
  const algorithm = sequence(objectId('1.2.840.10045.4.3.2'))
  const day = (text: string) => encode(0x17, Buffer.from(text))
  const { extensions = [] } = wish
  const tbs = sequence(
    encode(0xa0, integer('2')),
    wish.serial ?? integer('1'),
    algorithm,
    wish.issuer ?? signer.certificate.subject.der,
    sequence(day('290101000000Z'), day('310101000000Z')),
    wish.subject ?? writeName({ commonName: 'CA' }),
    wish.key ?? createPublicKey(createPrivateKey(signer.privateKeyPem)).export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [encode(0xa3, sequence(...extensions))] : []),
  )
  return sequence(tbs, algorithm, bits(sign('sha256', tbs, signer.privateKeyPem)))
}

export function rawExtension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), octets(value))
}

export const isAuthority = sequence(objectId('2.5.29.19'), boolean(true), octets(sequence(boolean(true))))

export function repeated(unit: Buffer, times: number): Buffer {
  return Buffer.alloc(unit.length * times, unit)
}

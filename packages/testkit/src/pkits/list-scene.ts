import type { Certificate, Extension } from '@docaxis/pki'
import {
  type Authority,
  type CrlWish,
  createAuthority,
  type PointWish,
  pathExtensions,
  type SubjectName,
} from '@docaxis/pki/authority'
import { daysFromNoon } from '../authority.ts'
import { leafWish, listTimes, times } from './chain.ts'

const { distributionPoints } = pathExtensions

/** A leaf, the lists that may speak of it, and who signed them beside its issuer. */
export interface Scene {
  readonly certificate: Certificate
  readonly others: readonly Authority[]
  readonly crls: readonly Buffer[]
}

export interface ListCase {
  readonly id: string
  readonly title: string
  readonly valid: boolean
  readonly scene: (root: Authority) => Promise<Scene>
}

export const nameOf = (organizationalUnit: string): Partial<SubjectName> => ({
  organization: 'Test',
  organizationalUnit,
})
/** A name below that of an authority, as a relative one spells it. */
export const below = (organizationalUnit: string, commonName: string) => ({
  directory: { ...nameOf(organizationalUnit), commonName },
})
export const freshest = (...points: readonly PointWish[]): Extension => ({
  ...distributionPoints(...points),
  id: '2.5.29.46',
})
export const listedAt = daysFromNoon(-2)

export const leafSerial = '0a'

export function list(signer: Authority, wish: Partial<CrlWish> = {}): Buffer {
  return signer.crl({ ...listTimes, number: 5, revoked: [], ...wish })
}

export const authority = (root: Authority, unit: string, ...extensions: readonly Extension[]) =>
  root.issueAuthority({ name: nameOf(unit), keyType: 'ec', extensions, ...times })

export async function leafOf(
  issuer: Authority,
  extensions: readonly Extension[],
  changes: { readonly ca?: true } = {},
) {
  const subject = { organization: 'Test', commonName: 'EE' }
  return (await issuer.issueIdentity({ ...leafWish, subject, extensions, serial: leafSerial, ...changes })).certificate
}

/** A key that may sign lists and nothing else. */
export async function listSigner(
  issuer: Authority,
  unit: string,
  ...extensions: readonly Extension[]
): Promise<Authority> {
  const wish = { keyType: 'ec', keyUsage: ['cRLSign'], extensions, ...times } as const
  const { privateKeyPem, certificatePem } = await issuer.issueIdentity({ ...wish, subject: nameOf(unit) })
  return createAuthority({ name: unit, keyPem: privateKeyPem, certificatePem, ...times })
}

export type Reason = CrlWish['revoked'][number]['reason']

/** A list with the leaf on it. */
export const revoking = (reason?: Reason) => ({ revoked: [{ serial: leafSerial, at: listedAt, reason }] })

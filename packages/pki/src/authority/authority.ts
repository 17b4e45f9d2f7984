import { createPublicKey, type KeyObject } from 'node:crypto'
import { parseCertificate } from '../certificate.ts'
import { writePem } from '../pem.ts'
import { generateKeys, type KeyPair, keysOfPem, privateKeyPem } from './keys.ts'
import type { Authority, AuthorityWish, CertificateWish, Identity, Issued, SubjectName } from './types.ts'
import { type Issuer, keyIdOf, writeCertificate } from './write-certificate.ts'
import { writeCrl } from './write-crl.ts'
import { writeName } from './write-name.ts'

const authorityUsage = ['keyCertSign', 'cRLSign'] as const

/** A self-signed certificate authority, new or continued from its key and certificate. For demo and tests. */
export async function createAuthority(wish: AuthorityWish): Promise<Authority> {
  if (wish.keyPem !== undefined && wish.certificatePem !== undefined) {
    return authorityOf(wish.certificatePem, keysOfPem(wish.keyPem).privateKey)
  }
  const identity = await selfSigned({ ...caWish(wish), keyType: wish.keyType ?? 'rsa' })
  return authorityOf(identity.certificatePem, identity.privateKey)
}

/** A certificate that its own key signs, such as the hub's receipt key. EC P-256 unless asked otherwise. */
export async function selfSigned(wish: Omit<CertificateWish, 'publicKeyPem'>): Promise<Identity> {
  const keys = await generateKeys(wish.keyType ?? 'ec')
  const issuer = { name: writeName(wish.subject), keyId: keyIdOf(keys.publicKey), privateKey: keys.privateKey }
  return issueWith(wish, keys, issuer)
}

function authorityOf(certificatePem: string, privateKey: KeyObject): Authority {
  const certificate = parseCertificate(certificatePem)
  const issuer: Issuer = {
    name: certificate.subject.der,
    keyId: certificate.subjectKeyId ?? keyIdOf(certificate.publicKey),
    privateKey,
  }
  const issueIdentity: Authority['issueIdentity'] = async wish =>
    issueWith(wish, await generateKeys(wish.keyType ?? 'rsa'), issuer)

  return {
    certificate,
    certificatePem,
    privateKeyPem: privateKeyPem(privateKey),
    issueIdentity,
    issue: async wish => {
      if (wish.publicKeyPem === undefined) return issueIdentity(wish)
      return certify(wish, createPublicKey(wish.publicKeyPem), issuer)
    },
    issueAuthority: async wish => {
      const identity = await issueIdentity({ ...caWish(wish), keyType: wish.keyType ?? 'rsa' })
      return authorityOf(identity.certificatePem, identity.privateKey)
    },
    crl: wish => writeCrl(wish, issuer),
  }
}

function caWish({ name, notBefore, notAfter, pathLength, extensions }: AuthorityWish): CertificateWish {
  const subject: Partial<SubjectName> = typeof name === 'string' ? { commonName: name } : name
  return { subject, notBefore, notAfter, ca: true, keyUsage: authorityUsage, pathLength, extensions }
}

function issueWith(wish: CertificateWish, keys: KeyPair, issuer: Issuer): Identity {
  const issued = certify(wish, keys.publicKey, issuer)
  return { ...issued, privateKey: keys.privateKey, privateKeyPem: privateKeyPem(keys.privateKey) }
}

function certify(wish: CertificateWish, publicKey: KeyObject, issuer: Issuer): Issued {
  const der = writeCertificate(wish, publicKey, issuer)
  return { certificate: parseCertificate(der), certificatePem: writePem(der, 'CERTIFICATE') }
}

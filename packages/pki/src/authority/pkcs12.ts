import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import forge from 'node-forge'
import { parseCertificate } from '../certificate.ts'
import { writePem } from '../pem.ts'
import type { Certificate } from '../types.ts'

export interface Pkcs12Content {
  readonly privateKey: KeyObject
  /** The certificate of the key first. */
  readonly certificates: readonly Certificate[]
}

/**
 * Reads a password-protected key file (RFC 7292), of the old kind (RC2, 3DES) or the new (PBES2).
 *
 * @throws Error when the password is wrong, or there is no key with a certificate of its own in it
 */
export function readPkcs12(file: Uint8Array, password: string): Pkcs12Content {
  const store = openStore(Buffer.from(file), password)
  const bags = store.safeContents.flatMap(({ safeBags }) => safeBags)
  const certificates = bags.filter(({ type }) => type === forge.pki.oids.certBag).map(certificateOf)
  const keys = bags.filter(({ type }) => type === forge.pki.oids.pkcs8ShroudedKeyBag || type === forge.pki.oids.keyBag)
  const [key] = keys
  if (!key || keys.length > 1) throw new Error(`the key file holds ${keys.length} keys where one belongs`)
  const privateKey = privateKeyOf(key)
  const own = certificates.find(certificate => new X509Certificate(certificate.der).checkPrivateKey(privateKey))
  if (!own) throw new Error('the key file holds no certificate for its key')
  return { privateKey, certificates: [own, ...certificates.filter(certificate => certificate !== own)] }
}

/**
 * The file's check and the old kind of encryption take a password as BMPString (RFC 7292 appendix B.1), the new kind as
 * UTF-8 (RFC 8018 section 3), and forge knows one form at a time. So a password such as `mật khẩu` opens a file of the
 * new kind without its check; a wrong one still opens nothing, and the key has to fit the certificate.
 */
function openStore(file: Buffer, password: string): forge.pkcs12.Pkcs12Pfx {
  const tree = forge.asn1.fromDer(file.toString('binary'))
  try {
    return forge.pkcs12.pkcs12FromAsn1(tree, password)
  } catch (error) {
    const store = /^[\x20-\x7e]*$/.test(password) ? undefined : openUnchecked(tree, password)
    if (!store) throw error
    return store
  }
}

function openUnchecked({ value, ...tree }: forge.asn1.Asn1, password: string): forge.pkcs12.Pkcs12Pfx | undefined {
  try {
    const unchecked = { ...tree, value: value.slice(0, 2) as forge.asn1.Asn1[] }
    return forge.pkcs12.pkcs12FromAsn1(unchecked, Buffer.from(password, 'utf8').toString('latin1'))
  } catch {
    // What the file's own check said is the reason that helps.
    return undefined
  }
}

function certificateOf(bag: forge.pkcs12.Bag): Certificate {
  const tree = bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1
  return parseCertificate(derBytes(tree))
}

function privateKeyOf({ key, asn1 }: forge.pkcs12.Bag): KeyObject {
  // forge makes an object of RSA keys only; others stay as the PrivateKeyInfo they were.
  const info = key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1
  return createPrivateKey({ key: derBytes(info), format: 'der', type: 'pkcs8' })
}

/**
 * Writes an RSA key with its certificates as a password-protected key file.
 *
 * @param kind `modern` encrypts with PBES2 and AES-256, `legacy` with 3DES as old programs need it
 */
export function toPkcs12(content: Pkcs12Content, password: string, kind: 'modern' | 'legacy' = 'modern'): Buffer {
  const key = forge.pki.privateKeyFromPem(content.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  const certificates = content.certificates.map(({ der }) => forge.pki.certificateFromPem(writePem(der, 'CERTIFICATE')))
  const algorithm = kind === 'modern' ? 'aes256' : '3des'
  const file = forge.pkcs12.toPkcs12Asn1(key, certificates, password, { algorithm, generateLocalKeyId: true })
  return derBytes(file)
}

function derBytes(tree: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(tree).getBytes(), 'binary')
}

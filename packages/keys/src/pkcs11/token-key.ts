import { createHash, randomBytes, verify } from 'node:crypto'
import type { Certificate } from '@docaxis/pki'
import { KeyFault } from '../key-fault.ts'
import { readCertificate } from '../read-files.ts'
import type { Pkcs11Source, SigningKey } from '../types.ts'
import { type Cryptoki, loadCryptoki } from './cryptoki.ts'
import { hold, type Session, sessionOpener } from './session.ts'
import { createSessionPool } from './session-pool.ts'

/** Signatures at a time; what one token does at once is seldom more. */
const sessions = 4
/** RSA of 8192 bits. */
const maxSignatureBytes = 1024

interface Mechanism {
  /** CKM_ number. */
  readonly number: number
  /** What the token signs: made here, so that tokens need not know SHA-256. */
  readonly inputOf: (digest: Buffer) => Buffer
}

/** DER of DigestInfo before a SHA-256 (RFC 8017, section 9.2, note 1). */
const digestInfo = Buffer.from('3031300d060960864801650304020105000420', 'hex')

const mechanisms: Readonly<Record<string, Mechanism>> = {
  rsa: { number: 0x1, inputOf: digest => Buffer.concat([digestInfo, digest]) },
  ec: { number: 0x1041, inputOf: digest => digest },
}

/** Opens a key on a token: the key never leaves it. */
export async function openTokenKey(source: Pkcs11Source): Promise<SigningKey> {
  const certificate = await readCertificate(source.certFile)
  const mechanism = mechanismFor(certificate, source)
  const cryptoki = await loadCryptoki(source.module)
  const place = `key ${source.keyLabel} of token ${source.tokenLabel}`
  const pool = createSessionPool(cryptoki, sessionOpener(cryptoki, source), sessions)

  function sign(data: Buffer): Promise<Buffer> {
    const input = mechanism.inputOf(createHash('sha256').update(data).digest())
    return pool.use(session => signIn(session, { cryptoki, mechanism, place, input }))
  }

  try {
    await checkPair(sign, certificate, source)
  } catch (error) {
    await pool.close()
    throw error
  }
  return { certificate, sign, close: pool.close }
}

function mechanismFor({ publicKey }: Certificate, { certFile }: Pkcs11Source): Mechanism {
  const kind = publicKey.asymmetricKeyType ?? ''
  const mechanism = mechanisms[kind]
  if (mechanism) return mechanism
  throw new KeyFault(certFile, `is for a key of kind ${kind}`, 'give the certificate of an ECDSA or RSA key')
}

interface SignCall {
  readonly cryptoki: Cryptoki
  readonly mechanism: Mechanism
  readonly place: string
  readonly input: Buffer
}

async function signIn({ session, key }: Session, { cryptoki, mechanism, place, input }: SignCall): Promise<Buffer> {
  const fix = 'check that the token works and that the key may sign'
  const how = { mechanism: mechanism.number, parameter: null, length: 0 }
  hold(await cryptoki.signInit(session, how, key), place, fix)
  const signature = Buffer.alloc(maxSignatureBytes)
  const length: [number] = [signature.length]
  hold(await cryptoki.sign(session, input, input.length, signature, length), place, fix)
  return signature.subarray(0, length[0])
}

/** A token does not always tell a public key, so a signature is tried. */
async function checkPair(
  sign: (data: Buffer) => Promise<Buffer>,
  { publicKey }: Certificate,
  { certFile, keyLabel }: Pkcs11Source,
): Promise<void> {
  const trial = randomBytes(32)
  const signature = await sign(trial)
  if (verify('sha256', trial, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)) return
  throw new KeyFault(certFile, `is not the certificate of the key ${keyLabel}`, 'give the one that is')
}

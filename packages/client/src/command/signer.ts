import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Certificate, parseCertificates } from '@docaxis/pki'
import { readPkcs12 } from '@docaxis/pki/authority'
import type { EnvelopeSigner } from '@docaxis/signature'
import type { Context } from './context.ts'
import { demoAgency } from './demo-agency.ts'
import { UsageError } from './exit-codes.ts'

export interface SignerOptions {
  readonly key?: string
  readonly cert?: string
  readonly password?: string
}

/** Key and certificates from PEM files, from one PKCS#12 file, or of the demo agency named by --as. */
export async function readSigner(context: Context, options: SignerOptions): Promise<EnvelopeSigner> {
  const files = await signerFiles(context, options)
  const password = options.password ?? context.env.DOCAXIS_KEY_PASSWORD
  const bytes = await readFile(files.key)
  const isPem = bytes.includes('-----BEGIN')
  const { privateKey, certificates } = isPem
    ? { privateKey: readPemKey(bytes, password), certificates: [] }
    : openPkcs12(bytes, password ?? '')
  const named = files.cert === undefined ? certificates : parseCertificates(await readFile(files.cert, 'utf8'))
  return { privateKey, certificates: leafFirst(privateKey, named) }
}

async function signerFiles(context: Context, options: SignerOptions): Promise<{ key: string; cert?: string }> {
  if (options.key !== undefined) {
    return { key: context.file(options.key), ...(options.cert !== undefined && { cert: context.file(options.cert) }) }
  }
  if (context.options.as === undefined) {
    throw new UsageError(
      'name the key with --key FILE, or a demo agency with --as',
      'hãy chỉ ra khóa bằng --key TỆP, hoặc chọn một cơ quan của bản thử bằng --as',
    )
  }
  const agency = await demoAgency(context.dataDir, context.options.as)
  if (!agency.sealKeyFile || !agency.sealCertFile) {
    throw new UsageError(
      `${agency.code} has no seal of its own; sign with the holder of its mandate`,
      `${agency.code} không có chứng thư chữ ký số riêng; hãy ký bằng khóa của cơ quan được ủy quyền`,
    )
  }
  return { key: agency.sealKeyFile, cert: agency.sealCertFile }
}

function readPemKey(pem: Buffer, password: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(password !== undefined && { passphrase: password }) })
  } catch (error) {
    throw unreadable(error, 'the private key cannot be read', 'không đọc được khóa bí mật')
  }
}

function openPkcs12(bytes: Buffer, password: string) {
  try {
    return readPkcs12(bytes, password)
  } catch (error) {
    throw unreadable(error, 'the PKCS#12 file cannot be opened', 'không mở được tệp PKCS#12')
  }
}

function unreadable(error: unknown, en: string, vi: string): UsageError {
  const reason = error instanceof Error ? error.message : String(error)
  return new UsageError(`${en}: ${reason}`, `${vi}: ${reason}`)
}

/** A bundle may hold its certificates in any order; the signer's is the one that fits the key. */
function leafFirst(privateKey: KeyObject, certificates: readonly Certificate[]): readonly Certificate[] {
  const publicDer = spkiOf(createPublicKey(privateKey))
  const leaf = certificates.find(certificate => publicDer.equals(spkiOf(certificate.publicKey)))
  if (!leaf) {
    throw new UsageError(
      'no certificate fits the private key; name it with --cert FILE',
      'không chứng thư nào khớp với khóa bí mật; hãy chỉ ra bằng --cert TỆP',
    )
  }
  return [leaf, ...certificates.filter(certificate => certificate !== leaf)]
}

const spkiOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' })

import type { Certificate } from '@docaxis/pki'
import {
  type CmsSignerResult,
  DerError,
  type HashName,
  parseSignedData,
  type SignedData,
  verifySigner,
} from '@docaxis/pki'
import { type Checklist, Refusal } from '../../refusal.ts'

type CmsSigner = SignedData['signers'][number]

/** The CMS object of a signature and its one signer. */
export interface Cms {
  readonly signed: SignedData
  readonly signer: CmsSigner
}

/** V58: one object, one signer, nothing behind it but zeros. @throws Refusal */
export function readCms(contents: Buffer, { hold }: Checklist): Cms {
  const signed = parsed(contents)
  const refuse = (holds: boolean, fact: string, otherwise: string) => hold(holds, 'V58', fact, 'PDF_CMS', otherwise)
  const rest = contents.subarray(signed.length)
  refuse(
    rest.every(byte => byte === 0),
    'zeros alone fill up Contents',
    `${rest.length} bytes behind the CMS object`,
  )
  const [signer, ...others] = signed.signers
  refuse(others.length === 0 && signer !== undefined, 'exactly one signer', `${signed.signers.length} signers`)
  if (!signer) throw new Refusal('PDF_CMS', 'V58', 'no signer')
  return { signed, signer }
}

function parsed(contents: Buffer): SignedData {
  try {
    return parseSignedData(contents)
  } catch (error) {
    if (error instanceof DerError) throw new Refusal('PDF_CMS', 'V58', `Contents holds no CMS: ${error.message}`)
    throw error
  }
}

export interface SignatureMath {
  readonly cms: Cms
  readonly subFilter: string | undefined
  readonly digest: (hash: HashName) => Buffer
  readonly certificates: readonly Certificate[]
}

/** V13 to V20, V52, V58. */
export function checkSigner({
  cms: { signed, signer },
  subFilter,
  digest,
  certificates,
}: SignatureMath): CmsSignerResult {
  if (signed.content !== undefined) return refused('the CMS object holds content of its own')
  if (!signer.signedAttributes) return refused('no signed attributes')
  const requireSigningCertificate = subFilter === 'ETSI.CAdES.detached'
  return verifySigner({ signed, signer, digest, certificates, requireSigningCertificate })
}

function refused(detail: string): CmsSignerResult {
  return { verdict: 'INVALID', code: 'PDF_CMS', rule: 'V58', detail, checks: [{ rule: 'V58', passed: false, detail }] }
}

import { createHash } from 'node:crypto'
import type { VerdictWord, VerificationCode } from '@docaxis/errors'
import { leafHash, verifyInclusion } from '@docaxis/merkle'
import { parseTimeStampToken, type Trust, verifyTimeStamp } from '@docaxis/pki'

/** The time stamp of a receipt as the hub gives it (JSON of `GET /api/v1/receipts/{id}/stamp`). */
export interface ReceiptStamp {
  /** SHA-256 of the receipt: the entry of the tree. Hex, as all hashes here. */
  readonly receiptSha256: string
  readonly tree: {
    readonly root: string
    readonly size: number
    readonly index: number
    /** Lowest first (RFC 9162, section 2.1.3). */
    readonly proof: readonly string[]
  }
  /** Time-stamp token over the 32 bytes of the root (RFC 3161), DER in Base64. */
  readonly token: string
}

export interface StampVerdict {
  readonly verdict: VerdictWord
  readonly code: VerificationCode
  readonly detail?: string
  /** The receipt existed by then, give or take `accuracyMs`; present when VALID. */
  readonly provenAt?: Date
  readonly accuracyMs?: number
  readonly tsa?: string
}

/**
 * Checks that a receipt existed when the token says: the receipt is in the tree, and the token is over its root.
 *
 * @param trust with anchors for time stamps
 */
export function verifyReceiptStamp(
  xml: Uint8Array,
  stamp: ReceiptStamp,
  { trust, at }: { readonly trust: Trust; readonly at: Date },
): StampVerdict {
  try {
    const fault = treeFault(createHash('sha256').update(xml).digest(), stamp)
    return fault === undefined ? judgeToken(stamp, trust, at) : invalid(fault)
  } catch (error) {
    return invalid(error instanceof Error ? error.message : 'the stamp cannot be read')
  }
}

function treeFault(sha256: Buffer, { receiptSha256, tree }: ReceiptStamp): string | undefined {
  if (receiptSha256 !== sha256.toString('hex')) return 'the time stamp is one of another receipt'
  const { index, size, root, proof } = tree
  const claim = { leaf: leafHash(sha256), index, size, proof: proof.map(bytesOf), root: bytesOf(root) }
  return verifyInclusion(claim) ? undefined : 'the proof does not lead from the receipt to the root'
}

function judgeToken({ token: base64, tree }: ReceiptStamp, trust: Trust, at: Date): StampVerdict {
  const token = parseTimeStampToken(Buffer.from(base64, 'base64'))
  const imprintOf = (hash: string) => createHash(hash).update(bytesOf(tree.root)).digest()
  const result = verifyTimeStamp({ token, imprintOf, trust, at, revocation: 'if-available' })
  const { verdict, code, detail, certificate } = result
  if (verdict !== 'VALID') return { verdict, code, ...(detail !== undefined && { detail }) }
  const { genTime: provenAt, accuracyMs } = token
  return { verdict, code, provenAt, accuracyMs, ...(certificate && { tsa: certificate.subject.text }) }
}

function invalid(detail: string): StampVerdict {
  return { verdict: 'INVALID', code: 'TIMESTAMP_INVALID', detail }
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex, 'hex')
}

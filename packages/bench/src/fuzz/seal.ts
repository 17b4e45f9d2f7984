import { createHash, sign } from 'node:crypto'
import type { SigningBench } from '../signing-bench.ts'
import type { OracleAnswer } from './oracle.ts'
import { type Blanks, certificateLength } from './signature-tree.ts'

/**
 * Fills the blanks of a document as its author would: with the digest of the oracle's canonical form, a signature over
 * the oracle's SignedInfo, and the certificate. Where the oracle cannot read the document, the blanks get what they
 * would hold in another one.
 *
 * All three are Base64, which no canonical form changes, so the digest may be put into the canonical SignedInfo itself.
 *
 * @param answer the oracle's, on the document with its blanks
 */
export function fillBlanks(bytes: Buffer, answer: OracleAnswer, blanks: Blanks, { seals }: SigningBench): Buffer {
  const { privateKey, certificate } = seals[blanks.key]
  const covered = answer.accepted ? answer.covered : bytes
  const digest = createHash(blanks.digest).update(covered).digest('base64')

  const signedInfo = answer.accepted ? answer.signedInfo.toString('latin1').replaceAll(blanks.digestBlank, digest) : ''
  const value = sign('sha256', Buffer.from(signedInfo, 'latin1'), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  const der = certificate.der.toString('base64').padEnd(certificateLength[blanks.key], '\n')
  const filled = bytes
    .toString('latin1')
    .replaceAll(blanks.digestBlank, digest)
    .replaceAll(blanks.valueBlank, value.toString('base64'))
    .replaceAll(blanks.certificateBlank, der)
  return Buffer.from(filled, 'latin1')
}

/**
 * What the oracle would say of the document with its blanks filled, without asking again; undefined where a blank may
 * be in a place that counts, or in pieces, so that it has to be asked.
 */
export function answerWhenFilled(bytes: Buffer, answer: OracleAnswer, blanks: Blanks): OracleAnswer | undefined {
  if (!answer.accepted || answer.covered.includes('+++') || !bytes.includes(blanks.digestBlank)) return undefined
  const digest = createHash(blanks.digest).update(answer.covered).digest('base64')
  const signedInfo = answer.signedInfo.toString('latin1').replaceAll(blanks.digestBlank, digest)
  if (signedInfo.includes('+++')) return undefined
  return { ...answer, signedInfo: Buffer.from(signedInfo, 'latin1') }
}

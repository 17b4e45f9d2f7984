import { type Certificate, keyFault } from '@docaxis/pki'
import { Refusal } from '../refusal.ts'
import type { SignatureMethod } from './algorithms.ts'
import { type KeyInfo, parseSigner } from './key-info.ts'

/** Whose keys may have made a signature. */
export interface Candidates {
  /** Any of these counts. */
  readonly signers: readonly Certificate[]
  /** What else came along, for the path. */
  readonly others: readonly Certificate[]
}

/**
 * The certificates given, and none else; where none are given, the first of KeyInfo (V22).
 *
 * @throws Refusal
 */
export function candidatesOf(given: readonly Certificate[] | undefined, { ders }: KeyInfo): Candidates {
  if (given) return { signers: given, others: given }
  const [signer, ...others] = ders.map(parseSigner)
  return { signers: signer ? [signer] : [], others }
}

/**
 * Those candidates whose key is sound and of the algorithm's family (V16, V17).
 *
 * @param method absent when the signature's own is not allowed: then only the keys themselves are looked at
 */
export function fitSigners({ signers }: Candidates, method: SignatureMethod | undefined): readonly Certificate[] {
  if (signers.length === 0) throw new Refusal('SIGNER_CERTIFICATE_MISSING', 'V22', 'there is no certificate')
  const faults = signers.map(keyFault)
  const sound = signers.filter((_, index) => faults[index] === undefined)
  const [fault] = faults.filter(one => one !== undefined)
  if (sound.length === 0 && fault) throw new Refusal(fault.code, fault.rule, fault.detail)
  const fit = sound.filter(({ publicKey }) => !method || publicKey.asymmetricKeyType === method.family)
  if (fit.length > 0) return fit
  if (fault) throw new Refusal(fault.code, fault.rule, fault.detail)
  const type = sound[0]?.publicKey.asymmetricKeyType
  throw new Refusal('ALGORITHM_NOT_ALLOWED', 'V16', `${method?.name} with a key of type ${type}`)
}

/** The certificate whose key made the value (V18, V19, V20). */
export function signerOf(
  signed: Buffer,
  value: Buffer,
  method: SignatureMethod,
  fit: readonly Certificate[],
  { signers, others }: Candidates,
): Certificate {
  const signer = fit.find(candidate => method.verifies(signed, value, candidate))
  if (signer) {
    refuseStrangers(signer, signers, others)
    return signer
  }
  const weak = signers.map(keyFault).find(fault => fault !== undefined)
  if (weak) throw new Refusal(weak.code, weak.rule, weak.detail)
  if (others !== signers && others.some(other => isFit(other, method) && method.verifies(signed, value, other))) {
    throw new Refusal('SIGNER_AMBIGUOUS', 'V22', 'the key of another certificate than the first verifies')
  }
  throw new Refusal('SIGNATURE_MISMATCH', 'V19', `not signed by the key of ${fit[0]?.subject.text}`)
}

/** Beside the signer in KeyInfo only authorities may stand: else one reader verifies one and names another. */
function refuseStrangers(signer: Certificate, signers: readonly Certificate[], others: readonly Certificate[]): void {
  if (others === signers) return
  const stranger = others.find(other => !other.basicConstraints?.ca)
  if (!stranger) return
  const detail = `certificate of ${stranger.subject.text} beside that of ${signer.subject.text}`
  throw new Refusal('SIGNER_AMBIGUOUS', 'V22', detail)
}

function isFit(certificate: Certificate, { family }: SignatureMethod): boolean {
  return keyFault(certificate) === undefined && certificate.publicKey.asymmetricKeyType === family
}

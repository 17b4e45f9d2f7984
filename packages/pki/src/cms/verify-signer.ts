import { verificationCodes } from '@docaxis/errors'
import type { Fault } from '../algorithms.ts'
import { judge, type Rule } from '../judge.ts'
import type { Certificate } from '../types.ts'
import { findSigner } from './find-signer.ts'
import { signatureValueFault } from './signature-value.ts'
import { attributeFault, digestFault, type FoundSigner, structureFault } from './signed-attributes.ts'
import { signingCertificateFault } from './signing-certificate.ts'
import type { CmsSignerResult, SignerQuestion } from './types.ts'

/** In order of application, once the signer's certificate is found (V52). */
const rules: readonly Rule<FoundSigner>[] = [
  ['V14', 'digest algorithm is allowed', digestAlgorithmFault],
  ['V58', 'the content is where it belongs', structureFault],
  ['V58', 'signed attributes name the content type and its digest once', attributeFault],
  ['V58', 'digest of the content equals the signed one', digestFault],
  ['V58', 'the signed certificate digest fits the signer', signingCertificateFault],
  ['V13', 'signature is made by the key of the signer (V13 to V20)', signatureValueFault],
]

/**
 * Finds the certificate of one signer of a CMS object and checks its signature (RFC 5652 section 5.6; V52, V58, V13 to
 * V20). The content is given by its digest, so that a large file is read once and never held.
 *
 * VALID means that this certificate's key signed this content. Path, revocation and time are other questions.
 */
export function verifySigner(question: SignerQuestion): CmsSignerResult {
  const found = findSigner(question)
  if ('code' in found) {
    return resultOf(found, { checks: [{ rule: found.rule, passed: false, detail: found.detail }] })
  }
  const first = { rule: 'V52', passed: true, detail: `signer found by its identifier: ${found.subject.text}` }
  const { checks, fault } = judge(rules, { ...question, certificate: found })
  return resultOf(fault, { checks: [first, ...checks], certificate: found })
}

function resultOf(
  fault: Fault | undefined,
  found: { readonly checks: CmsSignerResult['checks']; readonly certificate?: Certificate },
): CmsSignerResult {
  if (!fault) return { verdict: 'VALID', code: 'OK', rule: '-', ...found }
  return { ...fault, verdict: verificationCodes[fault.code].verdict, ...found }
}

function digestAlgorithmFault({ signer }: FoundSigner): Fault | undefined {
  if (signer.hash) return undefined
  return { code: 'ALGORITHM_NOT_ALLOWED', rule: 'V14', detail: `digest algorithm ${signer.digestAlgorithm}` }
}

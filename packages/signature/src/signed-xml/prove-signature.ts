import type { Certificate } from '@docaxis/pki'
import { endedByQuestion } from '../algorithm-ends.ts'
import type { CanonicalBudget } from '../c14n/canonical-sink.ts'
import type { Inspection } from './inspect-signature.ts'
import { signerOf } from './keys.ts'
import type { DocumentQuestion } from './question.ts'
import { checkDigest } from './references.ts'

/**
 * The value first, then what is covered (V19, V06), then whether the algorithms still count (V21).
 *
 * @returns the certificate whose key signed; undefined when any of it refuses
 */
export function proveSignature(
  { element, audit, provable }: Inspection,
  budget: CanonicalBudget,
  question: DocumentQuestion,
): Certificate | undefined {
  if (!provable) return undefined
  const { signed, value, method, fit, candidates, references } = provable
  const signer = audit.apply('V19', 'signed by the key of the certificate', () =>
    signerOf(signed, value, method, fit, candidates),
  )
  if (!signer) return undefined
  references.forEach((reference, index) => {
    audit.apply('V06', `digest ${index + 1} of ${references.length} is that of what is covered`, () =>
      checkDigest(reference, element, budget),
    )
  })
  const digestAlgorithms = references.map(({ hash }) => hash)
  const ended = endedByQuestion({ signatureAlgorithm: method.name, digestAlgorithms, certificate: signer }, question)
  if (ended) audit.refuse(ended)
  return audit.refusals.length === 0 ? signer : undefined
}

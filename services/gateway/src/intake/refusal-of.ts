import { HubError, type ProblemCode } from '@docaxis/errors'
import { errorsOf, type Proof } from './proof.ts'

/** Seconds after which missing revocation data may have come. */
const unprovenRetryAfterSeconds = 60
/** Seconds after which a scanner may be there again. */
const uncheckedRetryAfterSeconds = 30

/**
 * The refusal that a proof ends in, with every fault at once; undefined when the envelope may be accepted.
 *
 * What is certain comes before what may change: an envelope with a fault of its own is refused for good even while its
 * signature cannot be decided.
 */
export function refusalOf(proof: Proof): HubError | undefined {
  const errors = errorsOf(proof.findings)
  const problem = problemOf(proof, new Set(errors.map(finding => finding.code)))
  if (problem === undefined) return undefined

  const codes = [...new Set(errors.map(finding => finding.code))]
  if (problem === 'SIGNATURE_UNPROVEN') {
    return new HubError(problem, `the signature cannot be decided now: ${proof.seal?.detail ?? proof.seal?.code}`, {
      findings: errors,
      retryAfterSeconds: unprovenRetryAfterSeconds,
    })
  }
  if (problem === 'ATTACHMENT_UNPROVEN' || problem === 'MALWARE_UNCHECKED') {
    return new HubError(problem, `an attachment cannot be decided now: ${codes.join(', ')}`, {
      findings: errors,
      retryAfterSeconds: problem === 'ATTACHMENT_UNPROVEN' ? unprovenRetryAfterSeconds : uncheckedRetryAfterSeconds,
    })
  }
  return new HubError(problem, `refused for ${codes.join(', ')}`, { findings: errors })
}

function problemOf(proof: Proof, codes: ReadonlySet<string>): ProblemCode | undefined {
  if (proof.stateSecret) return 'STATE_SECRET'
  if (proof.malformed) return 'ENVELOPE_MALFORMED'
  if (codes.has('M.MessageHeader.From.OrganId')) return 'SENDER_NOT_ALLOWED'
  const ofSignature = codes.has('CheckSignature')
  const others = [...codes].some(code => code.includes('.') || code === 'Permission')
  if (others) return 'ENVELOPE_REFUSED'
  if (ofSignature) return 'SIGNATURE_REFUSED'
  if (codes.has('MalwareFound')) return 'MALWARE_FOUND'
  if (codes.has('CheckAttachment')) return 'ATTACHMENT_REFUSED'
  return proof.unproven ? 'SIGNATURE_UNPROVEN' : proof.attachments.unproven
}

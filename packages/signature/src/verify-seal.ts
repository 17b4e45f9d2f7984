import { type VerificationCode, verificationCodes } from '@docaxis/errors'
import { type Certificate, parseCertificate, type Trust, validatePathCached } from '@docaxis/pki'
import { summaryOf } from './certificate-summary.ts'
import { bindSigner } from './identity.ts'
import { type IntegrityProof, proveIntegrity } from './integrity.ts'
import { createChecklist, failedCheck, Refusal } from './refusal.ts'
import type { CertificateHolder, SealQuestion } from './seal-question.ts'
import type { SealVerdict } from './verdict.ts'

/** Version of these rules: a verdict names the one it was made by. A changed answer to any packet is a new version. */
const ruleSet = 'docaxis-seal-1'

/**
 * Judges the seal of one packet: structure, references, cryptography, identity, path, revocation. The first rule that
 * fails decides. Reads no clock and fetches nothing; the same question gives the same verdict.
 *
 * Whatever goes wrong inside becomes a verdict that is not VALID. Only a failure of `holderOf` rises: a directory that
 * does not answer says nothing about the signature.
 */
export async function verifySeal(question: SealQuestion): Promise<SealVerdict> {
  const checklist = createChecklist()
  const frame = { ...startVerdict(question), checks: checklist.checks }

  const proof = attempt('SIGNATURE_STRUCTURE', 'V03', () =>
    proveIntegrity(question.material, checklist, der => readCertificate(question.trust, der)),
  )
  if (proof instanceof Refusal) return refused(frame, proof)

  const { certificate, signatureAlgorithm, digestAlgorithm } = proof
  const known = { ...frame, certificate: summaryOf(certificate), signatureAlgorithm, digestAlgorithm }
  const holder = await question.holderOf(certificate.sha256)
  return attemptVerdict(known, () => judgeSigner(known, question, proof, holder))
}

type Frame = Omit<SealVerdict, 'verdict' | 'code' | 'state' | 'rule'>

function startVerdict({ at }: SealQuestion): Omit<Frame, 'checks'> {
  return { judgedAt: at.toISOString(), timeSource: 'receipt-time', ruleSet }
}

function judgeSigner(
  frame: Frame,
  { senderCode, trust, at }: SealQuestion,
  { certificate, intermediates }: IntegrityProof,
  holder: CertificateHolder | undefined,
): SealVerdict {
  const binding = bindSigner(holder, senderCode, at)
  if (binding instanceof Refusal) return refused(frame, binding)
  const rule = binding.mandate ? 'V24' : 'V23'
  const bound = { rule, passed: true, detail: `the certificate is that of ${binding.holderCode}` }

  const path = validatePathCached({ certificate, intermediates, trust, at, purpose: 'seal' })
  return {
    ...frame,
    ...outcome(path.code, path.rule, path.detail),
    checks: [...frame.checks, bound, ...path.checks],
    binding,
    path: path.path.map(({ sha256 }) => sha256),
    crls: path.crls.map(({ sha256 }) => sha256),
  }
}

function refused(frame: Frame, refusal: Refusal): SealVerdict {
  const checks = [...frame.checks, failedCheck(refusal)]
  return { ...frame, ...outcome(refusal.code, refusal.rule, refusal.message), checks }
}

function outcome(code: VerificationCode, rule: string, detail: string | undefined) {
  const { verdict, state } = verificationCodes[code]
  return { verdict, code, state, rule, ...(detail !== undefined && { detail }) }
}

/** The result, or the refusal that a failure inside amounts to. */
function attempt<T>(code: VerificationCode, rule: string, step: () => T): T | Refusal {
  try {
    return step()
  } catch (error) {
    if (error instanceof Refusal) return error
    return new Refusal(code, rule, error instanceof Error ? error.message : 'the check failed')
  }
}

function attemptVerdict(frame: Frame, step: () => SealVerdict): SealVerdict {
  const verdict = attempt('PATH_NOT_FOUND', 'V36', step)
  return verdict instanceof Refusal ? refused(frame, verdict) : verdict
}

const maxCertificates = 5_000
const certificates = new WeakMap<Trust, Map<string, Certificate>>()

/** Parsed certificates by their DER, kept as long as the trust is: the same ones come with every packet. */
function readCertificate(trust: Trust, der: Buffer): Certificate {
  const known = certificates.get(trust) ?? new Map<string, Certificate>()
  certificates.set(trust, known)
  const key = der.toString('latin1')
  const certificate = known.get(key) ?? parseCertificate(der)
  if (!known.has(key)) {
    if (known.size >= maxCertificates) known.clear()
    known.set(key, certificate)
  }
  return certificate
}

import type { SignatureMaterial } from '@docaxis/edxml'
import { type VerificationCode, verificationCodes } from '@docaxis/errors'
import { type Certificate, type Fault, parseCertificate, validatePathCached } from '@docaxis/pki'
import { configuredEnds, endedRefusal } from './algorithm-ends.ts'
import { summaryOf } from './certificate-summary.ts'
import { bindSigner, standingFault } from './identity.ts'
import { proveIntegrity } from './integrity.ts'
import { createChecklist, failedCheck, Refusal, timeRefusal } from './refusal.ts'
import type { CertificateHolder, SealQuestion } from './seal-question.ts'
import type { Check, SealVerdict } from './verdict.ts'

/** Version of these rules: a verdict names the one it was made by. A changed answer to any packet is a new version. */
const ruleSet = 'docaxis-seal-3'

/**
 * Structure, references and cryptography of one seal: what can be said without knowing whom the hub trusts and who holds
 * which certificate. Plain data, so that it can be found out in another thread than it is judged in.
 */
export interface SealIntegrity {
  readonly checks: readonly Check[]
  /** Absent: the signature computes. */
  readonly refusal?: Fault
  /** DER as written, signer first; present when the signature computes. */
  readonly certificates?: readonly Uint8Array[]
  readonly signatureAlgorithm?: string
  readonly digestAlgorithm?: string
}

/** Never throws: whatever goes wrong inside becomes a refusal. */
export function checkSealIntegrity(material: SignatureMaterial): SealIntegrity {
  const checklist = createChecklist()
  const proof = attempt('SIGNATURE_STRUCTURE', 'V03', () => proveIntegrity(material, checklist, knownCertificate))
  const { checks } = checklist
  if (proof instanceof Refusal) {
    return {
      checks: [...checks, failedCheck(proof)],
      refusal: { code: proof.code, rule: proof.rule, detail: proof.message },
    }
  }
  const { certificate, intermediates, signatureAlgorithm, digestAlgorithm } = proof
  return {
    checks,
    certificates: [certificate, ...intermediates].map(({ der }) => der),
    signatureAlgorithm,
    digestAlgorithm,
  }
}

/**
 * Judges the seal of one packet: structure, references, cryptography, identity, path, revocation. The first rule that
 * fails decides. Reads no clock and fetches nothing; the same question gives the same verdict.
 *
 * Whatever goes wrong inside becomes a verdict that is not VALID. Only a failure of `holderOf` rises: a directory that
 * does not answer says nothing about the signature.
 */
export function verifySeal({
  material,
  ...question
}: SealQuestion & { readonly material: SignatureMaterial }): Promise<SealVerdict> {
  return judgeSeal(checkSealIntegrity(material), question)
}

/** The rest of `verifySeal`: identity, path and revocation of a signature that computes. */
export async function judgeSeal(integrity: SealIntegrity, question: SealQuestion): Promise<SealVerdict> {
  const { checks, refusal, signatureAlgorithm, digestAlgorithm } = integrity
  const frame = { ...startVerdict(question), checks }
  if (refusal) return { ...frame, ...outcome(refusal.code, refusal.rule, refusal.detail) }

  const [signer, ...others] = integrity.certificates ?? []
  if (!signer || signatureAlgorithm === undefined || digestAlgorithm === undefined) {
    throw new TypeError('a seal that computes without a certificate or an algorithm')
  }
  const certificate = knownCertificate(signer)
  const known = { ...frame, certificate: summaryOf(certificate), signatureAlgorithm, digestAlgorithm }
  if (question.timeFault !== undefined) return refused(known, timeRefusal(question.timeFault))
  const made = { certificate, signatureAlgorithm, digestAlgorithms: [digestAlgorithm] }
  const ended = endedRefusal(made, question.at, question.trust.algorithmEnds)
  if (ended) return refused(known, ended)
  const holder = await question.holderOf(certificate.sha256)
  return attemptVerdict(known, () =>
    judgeSigner(known, question, [certificate, ...others.map(knownCertificate)], holder),
  )
}

type Frame = Omit<SealVerdict, 'verdict' | 'code' | 'state' | 'rule'>

function startVerdict({ at, trust }: SealQuestion): Omit<Frame, 'checks'> {
  return { judgedAt: at.toISOString(), timeSource: 'receipt-time', ...configuredEnds(trust.algorithmEnds), ruleSet }
}

function judgeSigner(
  frame: Frame,
  { senderCode, trust, at, onPath }: SealQuestion,
  [certificate, ...intermediates]: readonly [Certificate, ...Certificate[]],
  holder: CertificateHolder | undefined,
): SealVerdict {
  const binding = bindSigner(holder, senderCode, at)
  if (binding instanceof Refusal) return refused(frame, binding)
  const fault = standingFault(holder?.standing ?? {}, at)
  if (fault) return refused({ ...frame, binding }, fault)
  const rule = binding.mandate ? 'V24' : 'V23'
  const bound = { rule, passed: true, detail: `the certificate is that of ${binding.holderCode}` }

  const path = validatePathCached({ certificate, intermediates, trust, at, purpose: 'seal' })
  onPath?.(path)
  const { verdict, state } = verificationCodes[path.code]
  return {
    ...frame,
    verdict,
    code: path.code,
    state,
    rule: path.rule,
    ...(path.detail !== undefined && { detail: path.detail }),
    checks: [...frame.checks, bound, ...path.checks],
    binding,
    path: path.path.map(({ sha256 }) => sha256),
    crls: path.crls.map(({ sha256 }) => sha256),
    ...(path.ocsp.length > 0 && { ocsp: path.ocsp.map(({ sha256 }) => sha256) }),
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
const certificates = new Map<string, Certificate>()

/** The last one asked for: a packet asks for its own more than once. */
let last: Certificate | undefined

/** Parsed certificates by their DER: the same ones come with every packet. */
function knownCertificate(der: Uint8Array): Certificate {
  const bytes = Buffer.from(der.buffer, der.byteOffset, der.byteLength)
  if (!last?.der.equals(bytes)) last = findCertificate(bytes)
  return last
}

function findCertificate(bytes: Buffer): Certificate {
  const key = bytes.toString('latin1')
  const known = certificates.get(key)
  if (known) return known
  const certificate = parseCertificate(bytes)
  if (certificates.size >= maxCertificates) certificates.clear()
  certificates.set(key, certificate)
  return certificate
}

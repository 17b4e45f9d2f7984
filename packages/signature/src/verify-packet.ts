import type { EnvelopeReading, SignatureMaterial } from '@docaxis/edxml'
import { parseCertificate } from '@docaxis/pki'
import { endedByQuestion } from './algorithm-ends.ts'
import { summaryOf } from './certificate-summary.ts'
import { type IntegrityProof, proveIntegrity } from './integrity.ts'
import { type Checklist, createChecklist, failedCheck, Refusal } from './refusal.ts'
import { asRefusal } from './signed-xml/audit.ts'
import { decidedByPath, pathFailed, refusedBy } from './signed-xml/outcome.ts'
import type { DocumentQuestion } from './signed-xml/question.ts'
import { notCheckedBy, pathOf, scopeOf } from './signed-xml/trust-path.ts'
import type { DocumentVerdict, SignatureVerdict } from './signed-xml/verdict.ts'
import { xmlFaultCode } from './signed-xml/xml-refusal.ts'
import { strictFaults } from './strict-faults.ts'

/** The rules are those of `verifySeal` without the directory. */
const ruleSet = 'docaxis-seal-3'

/**
 * Judges the seal of an edXML packet by the strict profile (edXML 10.2) where there is no hub: who holds the certificate
 * is not asked. With anchors the path of the signer is judged as well. What the packet says besides is not judged here.
 * Never throws.
 */
export function verifyPacket(
  { signature: material, findings }: Pick<EnvelopeReading, 'signature' | 'findings'>,
  question: DocumentQuestion,
): DocumentVerdict {
  const signature = material ? signatureVerdict(material, question) : unreadable(findings)
  const { verdict, code, codes, rule, detail, checks } = signature
  return {
    verdict,
    code,
    codes,
    rule,
    ...(detail !== undefined && { detail }),
    checks,
    ...(signature.covers.length > 0 && { covers: 'document' }),
    signatures: material && material.count > 0 ? [signature] : [],
    scope: scopeOf(question),
    notChecked: notCheckedBy(question),
    judgedAt: question.at.toISOString(),
    ruleSet,
  }
}

/** XML that gave no signature material says why in its findings. */
function unreadable([finding]: EnvelopeReading['findings']): SignatureVerdict {
  const { code = 'M.XML', en = 'the XML cannot be read' } = finding ?? {}
  const refusal = new Refusal(xmlFaultCode(code), 'V01', en)
  return { ...refusedBy([refusal], [failedCheck(refusal)]), covers: [] }
}

function signatureVerdict(material: SignatureMaterial, question: DocumentQuestion): SignatureVerdict {
  const checklist = createChecklist()
  let proof: IntegrityProof
  try {
    proof = proveIntegrity(material, checklist, parseCertificate)
    checkGiven(proof, question, checklist)
    const ended = endedByQuestion({ ...proof, digestAlgorithms: [proof.digestAlgorithm] }, question)
    if (ended) throw ended
  } catch (error) {
    return refusedPacket(asRefusal(error, 'V03'), material, checklist)
  }
  const { certificate, intermediates, signatureAlgorithm, digestAlgorithm } = proof
  const covers = [{ what: 'document', name: 'edXML', digestAlgorithm } as const]
  const known = { covers, certificate: summaryOf(certificate), signatureAlgorithm }
  try {
    return { ...decidedByPath(pathOf(certificate, intermediates, question), checklist.checks), ...known }
  } catch (error) {
    return { ...pathFailed(error, checklist.checks), ...known }
  }
}

/** Where certificates are given, only their keys count. */
function checkGiven({ certificate }: IntegrityProof, { certificates }: DocumentQuestion, { hold }: Checklist): void {
  if (!certificates) return
  const isGiven = certificates.some(({ publicKeyDer }) => publicKeyDer.equals(certificate.publicKeyDer))
  const otherwise = `signed by the key of ${certificate.subject.text}, which is none of those given`
  hold(isGiven, 'V22', 'signed by a key that was given', 'SIGNATURE_MISMATCH', otherwise)
}

/** The first failure decides; what else a look at the Signature finds is told with it. */
function refusedPacket(refusal: Refusal, material: SignatureMaterial, { checks }: Checklist): SignatureVerdict {
  const isSame = (other: Refusal) => other.code === refusal.code && other.rule === refusal.rule
  const others = strictFaults(material).filter(other => !isSame(other))
  const failed = [refusal, ...others].map(failedCheck)
  return { ...refusedBy([refusal, ...others], [...checks, ...failed]), covers: [] }
}

import { readXmlTree, type XmlTree } from '@docaxis/edxml/xml'
import type { Certificate } from '@docaxis/pki'
import { summaryOf } from '../certificate-summary.ts'
import type { Refusal } from '../refusal.ts'
import { Audit, asRefusal } from './audit.ts'
import { checkDocument, maxSignatures } from './check-document.ts'
import { checkUncovered, signedPartOf } from './coverage.ts'
import { type Inspection, inspectSignature, type Scene } from './inspect-signature.ts'
import { decidedByPath, pathFailed, refusedBy, worstOf } from './outcome.ts'
import { proveSignature } from './prove-signature.ts'
import type { DocumentQuestion } from './question.ts'
import { surveyDocument } from './survey.ts'
import { notCheckedBy, pathOf, scopeOf } from './trust-path.ts'
import type { DocumentVerdict, SignatureVerdict } from './verdict.ts'
import { xmlRefusal } from './xml-refusal.ts'

/** Version of these rules: a changed answer to any document is a new version. */
const ruleSet = 'docaxis-xml-2'
/** What all canonical forms of one document together may come to: so many times its size, and so much on top. */
const budgetFactor = 4
const budgetBytes = 4 * 1024 * 1024

/**
 * Judges any signed XML document with all its Signatures as one: VALID only when every Signature computes, is made of
 * what the rules allow, and covers what it seems to (V01 to V20); with anchors also the path of each signer. Reads no
 * clock, fetches nothing, never throws: whatever goes wrong inside is a verdict that is not VALID.
 */
export function verifySignedXml(bytes: Uint8Array, question: DocumentQuestion): DocumentVerdict {
  const frame = {
    scope: scopeOf(question),
    notChecked: notCheckedBy(question),
    judgedAt: question.at.toISOString(),
    ruleSet,
  }
  const audit = new Audit()
  try {
    return { ...judge(bytes, question, audit), ...frame }
  } catch (error) {
    audit.refuse(asRefusal(error, 'V03'))
    return { ...refusedDocument(audit, []), ...frame }
  }
}

type Judgement = Omit<DocumentVerdict, 'scope' | 'notChecked' | 'judgedAt' | 'ruleSet'>

function judge(bytes: Uint8Array, question: DocumentQuestion, audit: Audit): Judgement {
  const tree = audit.apply('V01', 'well-formed XML without DOCTYPE', () => parse(bytes))
  if (!tree) return refusedDocument(audit, [])
  const survey = surveyDocument(tree)
  checkDocument(survey, audit)
  const scene: Scene = { tree, survey, question }
  const inspections = survey.signatures.slice(0, maxSignatures).map(element => inspectSignature(element, scene))
  if ([audit, ...inspections.map(inspection => inspection.audit)].some(({ refusals }) => refusals.length > 0)) {
    return refusedDocument(audit, inspections)
  }
  const references = inspections.flatMap(({ provable }) => provable?.references ?? [])
  const covers = audit.apply('V06', 'nothing else looks like what is covered', () => checkUncovered(tree, references))
  if (!covers) return refusedDocument(audit, inspections)

  const budget = { remainingBytes: bytes.length * budgetFactor + budgetBytes }
  const signatures = inspections.map(inspection => {
    const signer = proveSignature(inspection, budget, question)
    return signer ? signedBy(inspection, signer, question) : unproven(inspection, inspection.audit.refusals)
  })
  return { ...worstOf(atLeastOne(signatures), audit.checks), signatures, covers }
}

function parse(bytes: Uint8Array): XmlTree {
  const tree = readXmlTree(bytes)
  if ('root' in tree) return tree
  throw xmlRefusal(tree)
}

/** Nothing was computed: a rule refused before. */
function refusedDocument(audit: Audit, inspections: readonly Inspection[]): Judgement {
  const refusals = [...audit.refusals, ...inspections.flatMap(inspection => inspection.audit.refusals)]
  const signatures = inspections.map(inspection =>
    unproven(inspection, inspection.audit.refusals.length > 0 ? inspection.audit.refusals : refusals),
  )
  return { ...refusedBy(atLeastOne(refusals), audit.checks), signatures }
}

function unproven(inspection: Inspection, refusals: readonly Refusal[]): SignatureVerdict {
  return { ...refusedBy(atLeastOne(refusals), inspection.audit.checks), ...factsOf(inspection) }
}

function signedBy(inspection: Inspection, signer: Certificate, question: DocumentQuestion): SignatureVerdict {
  const { checks } = inspection.audit
  const facts = { ...factsOf(inspection), certificate: summaryOf(signer) }
  try {
    const path = pathOf(signer, inspection.provable?.candidates.others ?? [], question)
    const digests = (parts: readonly { readonly sha256: string }[]) => parts.map(({ sha256 }) => sha256)
    const trail = path && { path: digests(path.path), crls: digests(path.crls) }
    return { ...decidedByPath(path, checks), ...facts, ...trail }
  } catch (error) {
    return { ...pathFailed(error, checks), ...facts }
  }
}

function factsOf({ provable }: Inspection): Pick<SignatureVerdict, 'covers' | 'signatureAlgorithm'> {
  if (!provable) return { covers: [] }
  return { covers: provable.references.map(signedPartOf), signatureAlgorithm: provable.method.name }
}

function atLeastOne<T>(items: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = items
  // A document without a Signature was refused for that before.
  if (first === undefined) throw new TypeError('nothing to decide by')
  return [first, ...rest]
}

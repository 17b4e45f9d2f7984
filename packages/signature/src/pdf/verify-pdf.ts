import { configuredEnds } from '../algorithm-ends.ts'
import { failedCheck, Refusal } from '../refusal.ts'
import { refusedBy } from '../signed-xml/outcome.ts'
import type { Outcome } from '../signed-xml/verdict.ts'
import { activeContent } from './active-content.ts'
import { revisionChanges } from './changes/revision-changes.ts'
import type { Change } from './changes/types.ts'
import { readSecurityStore } from './dss.ts'
import { findSignatures } from './find-signatures.ts'
import { checkIssued } from './issued-profile.ts'
import { digestsOf } from './judge/digests.ts'
import { documentOutcome } from './judge/document-outcome.ts'
import { refusalOf } from './judge/examination.ts'
import { type Inspection, inspect } from './judge/inspect.ts'
import { type Proof, type Proving, proveSignature, proveTimeStamp } from './judge/judge-signature.ts'
import { type Judged, signatureVerdicts } from './judge/signature-verdicts.ts'
import type { PdfQuestion } from './question.ts'
import { openDocument, type PdfDocument } from './reader/document.ts'
import type { PdfSource } from './reader/source.ts'
import { documentRoleOf } from './roles/roles.ts'
import type { PdfNotChecked, PdfVerdict } from './verdict.ts'

/** Version of these rules: a changed answer to any document is a new version. */
const ruleSet = 'docaxis-pdf-2'

/**
 * Judges a PDF with all its signatures (V55 to V62): what each covers, whether it computes, what later revisions changed,
 * and with trust also who signed and when. Reads no clock and fetches nothing. What the file holds never makes it throw;
 * a failure of the source rises.
 */
export async function verifyPdf(source: PdfSource, question: PdfQuestion): Promise<PdfVerdict> {
  try {
    return { ...(await judge(source, withoutTime(question))), ...frameOf(question) }
  } catch (error) {
    return unread(question, refusalOf(error), [])
  }
}

/** What is to be said of a file whose check was given up after so long (V59): INDETERMINATE, and of no signature in it. */
export function unfinishedPdf(question: PdfQuestion, longestMs: number): PdfVerdict {
  const refusal = new Refusal('PDF_NOT_FINISHED', 'V59', `not finished within ${Math.round(longestMs / 1000)} s`)
  return unread(question, refusal, [failedCheck(refusal)])
}

function unread(question: PdfQuestion, refusal: Refusal, checks: Outcome['checks']): PdfVerdict {
  return {
    ...refusedBy([refusal], checks),
    notChecked: notCheckedBy(question, []),
    signatures: [],
    revisions: [],
    activeContent: [],
    ...frameOf(question),
  }
}

function frameOf({ trust, profile, at }: PdfQuestion) {
  return {
    scope: trust ? 'full' : 'integrity',
    profile,
    judgedAt: at.toISOString(),
    ...(trust && configuredEnds(trust.algorithmEnds)),
    ruleSet,
  } as const
}

/** Whom to trust is a question of time; where there is none nobody is asked. */
function withoutTime({ trust, ...question }: PdfQuestion): PdfQuestion {
  return question.timeFault === undefined && trust ? { ...question, trust } : question
}

type Judgement = Omit<PdfVerdict, 'scope' | 'profile' | 'judgedAt' | 'algorithmEnds' | 'ruleSet'>

async function judge(source: PdfSource, question: PdfQuestion): Promise<Judgement> {
  const document = await openDocument(source)
  const active = await activeContent(document)
  const inspections: Inspection[] = []
  for (const found of await findSignatures(document)) inspections.push(await inspect(document, found))
  if (inspections.length === 0) return notSigned(document, question, active)

  const proofs = await prove(document, inspections, question)
  const changes = await changesAfter(document, inspections, question)
  const judged: Judged = {
    document,
    inspections,
    proofs,
    changes: checkIssued(document, inspections, proofs, changes, question),
  }
  const signatures = await signatureVerdicts(judged, question)
  const role = documentRoleOf(signatures.map(signature => signature.role))
  return {
    ...documentOutcome(signatures, active),
    notChecked: notCheckedBy(question, signatures),
    signatures,
    revisions: revisionFacts(judged),
    activeContent: active,
    ...(role && { role }),
  }
}

function notSigned(document: PdfDocument, question: PdfQuestion, active: readonly string[]): Judgement {
  const outcome: Outcome = refusedBy([new Refusal('NOT_SIGNED', 'V55', 'no signature in the file')], [])
  const revisions = document.revisions.map(({ end }) => ({ end, signatures: [] }))
  return { ...outcome, notChecked: notCheckedBy(question, []), signatures: [], revisions, activeContent: active }
}

/** Digests of all in one reading, then the document time stamps, which may prove when the others were there. */
async function prove(
  document: PdfDocument,
  inspections: readonly Inspection[],
  question: PdfQuestion,
): Promise<ReadonlyMap<Inspection, { readonly proof: Proof; readonly digest: Buffer }>> {
  const wishes = new Map(
    inspections.flatMap(each =>
      each.coverage && each.hash ? [[each, { coverage: each.coverage, hash: each.hash }]] : [],
    ),
  )
  const digests = await digestsOf(document.file, [...wishes.values()])
  const store = await readSecurityStore(document)
  const proofs = new Map<Inspection, { proof: Proof; digest: Buffer }>()
  const stamps: { revision: number; at: Date }[] = []
  const proving: Proving = { question, store, stamps }
  for (const inspection of stampsFirst(inspections)) {
    const wish = wishes.get(inspection)
    const digest = wish && digests.get(wish)
    if (!digest) continue
    const proof =
      inspection.kind === 'time-stamp'
        ? proveTimeStamp(inspection, digest, proving)
        : await proveSignature(inspection, digest, proving)
    if (inspection.kind === 'time-stamp' && proof.provenAt && inspection.coverage) {
      stamps.push({ revision: inspection.coverage.revision, at: proof.provenAt })
    }
    proofs.set(inspection, { proof, digest })
    for (const path of [proof.path, proof.stamp?.result.path]) if (path) question.onPath?.(path)
  }
  return proofs
}

/** Stamps before signatures, and of stamps the latest before those that it covers: it proves when they were there. */
function stampsFirst(inspections: readonly Inspection[]): readonly Inspection[] {
  const stamps = inspections.filter(({ kind }) => kind === 'time-stamp')
  const revisionOf = ({ coverage }: Inspection) => coverage?.revision ?? 0
  return [
    ...stamps.toSorted((one, other) => revisionOf(other) - revisionOf(one)),
    ...inspections.filter(({ kind }) => kind !== 'time-stamp'),
  ]
}

async function changesAfter(
  document: PdfDocument,
  inspections: readonly Inspection[],
  { profile }: PdfQuestion,
): Promise<ReadonlyMap<number, readonly Change[]>> {
  const signed = inspections.flatMap(({ coverage, found: { certifies, locks } }) =>
    coverage ? [{ revision: coverage.revision, certifies, locks }] : [],
  )
  return signed.length === 0 ? new Map() : revisionChanges(document, signed, profile)
}

function revisionFacts({ document, inspections, changes }: Judged): PdfVerdict['revisions'] {
  return document.revisions.map(({ end }, index) => {
    const own = changes.get(index)
    const signatures = inspections.flatMap(({ coverage }, at) => (coverage?.revision === index ? [at] : []))
    return { end, signatures, ...(own && { changes: own }) }
  })
}

function notCheckedBy(
  { trust, revocation }: PdfQuestion,
  signatures: PdfVerdict['signatures'],
): readonly PdfNotChecked[] {
  const isTimeProven = signatures.length > 0 && signatures.every(({ provenAt }) => provenAt !== undefined)
  const always: readonly PdfNotChecked[] = isTimeProven ? ['agency', 'content'] : ['signing-time', 'agency', 'content']
  if (!trust) return ['signer', 'path', 'revocation', 'time-stamp', ...always]
  return revocation === 'none' ? ['revocation', ...always] : always
}

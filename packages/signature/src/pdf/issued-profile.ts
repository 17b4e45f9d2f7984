import type { Change } from './changes/types.ts'
import type { Inspection } from './judge/inspect.ts'
import type { Judged } from './judge/signature-verdicts.ts'
import type { PdfQuestion } from './question.ts'
import type { PdfDocument } from './reader/document.ts'
import { signerOf } from './roles/signer.ts'

/** Evidence that may be added for ever: it shows nothing and says nothing but when. */
const evidence: ReadonlySet<Change['kind']> = new Set(['dss', 'document-timestamp', 'metadata', 'extensions'])
/** What only the issuing agency's seal on top makes acceptable. */
const beforeSeal: ReadonlySet<Change['kind']> = new Set(['form-filling', 'number-and-date', 'signature-field'])

/**
 * Profile `vn-issued` (V57): whatever was added between signatures is acceptable under the agency's seal, and after the
 * last signature nothing is, but evidence that a document time stamp covers to the end of the file.
 */
export function checkIssued(
  document: PdfDocument,
  inspections: readonly Inspection[],
  proofs: Judged['proofs'],
  changes: Judged['changes'],
  { profile }: PdfQuestion,
): Judged['changes'] {
  const last = inspections.filter(({ kind, coverage }) => kind === 'signature' && coverage).at(-1)
  if (profile !== 'vn-issued' || !last?.coverage) return changes
  const lastRevision = last.coverage.revision
  const certificate = proofs.get(last)?.proof.certificate
  const isSealed = certificate !== undefined && signerOf(certificate).kind === 'agency'
  const isStamped = inspections.some(({ kind, coverage }) => kind === 'time-stamp' && coverage?.wholeFile)
  const refuse = (change: Change, why: string): Change => ({
    ...change,
    allowed: false,
    detail: `${change.detail}; ${why}`,
  })
  const judged = (change: Change): Change => {
    if (!change.allowed) return change
    if (change.revision > lastRevision && !(isStamped && evidence.has(change.kind))) {
      return refuse(change, 'it came after the last signature')
    }
    const needsSeal = change.revision <= lastRevision && beforeSeal.has(change.kind) && !isSealed
    return needsSeal ? refuse(change, 'no seal of an agency on top') : change
  }
  const added = document.revisions.length - 1 > lastRevision ? document.revisions.length - 1 : undefined
  const all = new Map([...changes].map(([revision, list]) => [revision, list.map(judged)]))
  // A revision that says nothing still came after the last signature.
  if (added !== undefined && !isStamped && (all.get(added) ?? []).length === 0) {
    all.set(added, [
      { kind: 'trailer', allowed: false, path: '', revision: added, detail: 'revision after the last signature' },
    ])
  }
  return all
}

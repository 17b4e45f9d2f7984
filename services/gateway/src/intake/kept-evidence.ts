import type { PathResult } from '@docaxis/pki'
import type { NewEvidence } from '@docaxis/store'

/** What this process knows to be kept: certificates and lists come with every packet, and are written once. */
export interface KeptEvidence {
  /** Those not known to be kept. */
  missing(evidence: readonly NewEvidence[]): readonly NewEvidence[]
  /** They are kept now: their transaction has committed. */
  kept(evidence: readonly NewEvidence[]): void
}

/** Hashes remembered; each is some hundred bytes. */
const maxKnown = 20_000

export function createKeptEvidence(): KeptEvidence {
  const known = new Set<string>()
  return {
    missing: evidence => evidence.filter(({ sha256 }) => !known.has(sha256)),
    kept: evidence => {
      if (known.size + evidence.length > maxKnown) known.clear()
      for (const { sha256 } of evidence) known.add(sha256)
    },
  }
}

/** Certificates of the path, and what authorities said of them (V47). */
export function evidenceOf({ path, crls, ocsp }: Pick<PathResult, 'path' | 'crls' | 'ocsp'>): readonly NewEvidence[] {
  return [
    ...path.map(({ sha256, der }) => ({ sha256, kind: 'certificate' as const, der })),
    ...crls.map(({ sha256, der }) => ({ sha256, kind: 'crl' as const, der })),
    ...ocsp.map(({ sha256, der }) => ({ sha256, kind: 'ocsp' as const, der })),
  ]
}

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

import { hash } from 'node:crypto'

/** A seal's verdict as it is stored: the long list of single checks, equal for most packets, is kept once beside it. */
export interface SplitVerdict {
  readonly judged: unknown
  readonly checks?: VerdictChecks
}

export interface VerdictChecks {
  /** SHA-256 of `json`, 64 lower-case hex digits. */
  readonly sha256: string
  readonly json: string
}

/** @param verdict any; one without a list of checks stays as it is */
export function splitVerdict(verdict: unknown): SplitVerdict {
  if (typeof verdict !== 'object' || verdict === null || !('checks' in verdict)) return { judged: verdict }
  const { checks, ...judged } = verdict
  const json = JSON.stringify(checks)
  return { judged, checks: { sha256: hash('sha256', json), json } }
}

/** The column `verdict` of a document, whole again. */
export const wholeVerdict = `
  document.verdict || coalesce((select jsonb_build_object('checks', kept.checks)
                                  from verdict_checks as kept
                                 where kept.sha256 = document.checks_sha256), '{}') as verdict`

import { verificationCodes } from '@docaxis/errors'
import type { Fault } from '../algorithms.ts'
import { checkRevocation } from '../revocation/check-revocation.ts'
import type { Anchor, Certificate, FailedPath, PathQuestion, PathResult } from '../types.ts'
import { anchorLife } from './anchor-rules.ts'
import { buildPaths, type EdgeCheck } from './build-paths.ts'
import { applyPathRules, authorityOwnFault, leafFault } from './path-rules.ts'
import { createSearch, type Search } from './search.ts'
import { type Window, within } from './window.ts'

/** Paths without hope that are judged whole, to say what is wrong with the best of them. */
const maxExplained = 20
/** Failures that are told beside the one that decided. */
const maxOthers = 20

/**
 * Certification path to a configured anchor and revocation of every certificate but the anchor, at one moment
 * (RFC 5280 section 6; rules V25 to V46 of the verification rules). Tries every possible path within limits; when none
 * holds it reports the failure of the best one, and why the others failed.
 *
 * It reads no clock and fetches nothing: all it knows is in the question.
 */
export function validatePath(question: PathQuestion): PathResult {
  return searchPath(question.certificate, createSearch(question, searchPath))
}

function searchPath(certificate: Certificate, search: Search): PathResult {
  const failed: PathResult[] = []
  const dropped: FailedPath[] = []
  const edgeFault: EdgeCheck = (child, issuer, path) => {
    const fault = ownFault(issuer, search) ?? search.budget.signature(child, issuer)
    if (fault) dropped.push({ ...fault, path: [...path, issuer] })
    return fault
  }
  for (const path of buildPaths(certificate, search, edgeFault)) {
    const result = checkPath(path, search)
    if (result.verdict === 'VALID')
      return { ...result, others: [...failed.map(asFailed), ...dropped].slice(0, maxOthers) }
    failed.push(result)
    if (search.budget.isSpent()) break
  }
  const best = bestOf(failed) ?? bestOf(hopelessPaths(certificate, search)) ?? noPath(certificate, search)
  const others = [...failed.filter(result => result !== best).map(asFailed), ...dropped]
  return { ...best, others: others.slice(0, maxOthers) }
}

function ownFault(issuer: Certificate, search: Search): Fault | undefined {
  return search.anchors.has(issuer.sha256) ? undefined : authorityOwnFault(issuer, search)
}

/** Paths that names alone make, each judged up to where it fails. */
function hopelessPaths(certificate: Certificate, search: Search): PathResult[] {
  const results: PathResult[] = []
  for (const path of buildPaths(certificate, search, () => undefined)) {
    results.push(checkPath(path, search))
    if (results.length >= maxExplained) break
  }
  return results
}

function checkPath(path: readonly Certificate[], search: Search): PathResult {
  const anchor = search.anchors.get(path[path.length - 1]?.sha256 ?? '')
  if (!anchor) throw new TypeError('a path that ends at no anchor')
  const { checks, fault, policies } = applyPathRules(path, anchor, search)
  const found = { path, checks, crls: [], ocsp: [], others: [], policies: [] }
  if (fault) return { ...found, ...refusedBy(fault) }

  const revocation = checkRevocation(path, anchor, search)
  const { crls, ocsp } = revocation
  const judged = { ...found, checks: [...checks, ...revocation.checks], crls, ocsp }
  if (revocation.fault) return { ...judged, ...refusedBy(revocation.fault) }
  const holds = revocation.holds && windowOf(path, anchor, within(revocation.holds, search.algorithms.holds()))
  return { ...judged, verdict: 'VALID', code: 'OK', rule: '-', policies, ...(holds && { holds }) }
}

function refusedBy(fault: Fault): Pick<PathResult, 'verdict' | 'code' | 'rule' | 'detail'> {
  return { ...fault, verdict: verificationCodes[fault.code].verdict }
}

function asFailed({ path, code, rule, detail = '' }: PathResult): FailedPath {
  return { path, code, rule, detail }
}

/** A revoked leaf is certain; then comes what more data could mend; then whatever got furthest, the first of equals. */
function bestOf(results: readonly PathResult[]): PathResult | undefined {
  const rank = ({ code, verdict, checks }: PathResult) => {
    const kind = code === 'CERTIFICATE_REVOKED' ? 2 : verdict === 'INDETERMINATE' && code !== 'PATH_NOT_FOUND' ? 1 : 0
    return kind * 10_000 + checks.length
  }
  const [first, ...rest] = results
  return first && rest.reduce((best, one) => (rank(one) > rank(best) ? one : best), first)
}

/** Nothing leads to an anchor. What is wrong with the certificate itself is certain all the same. */
function noPath(certificate: Certificate, search: Search): PathResult {
  const missing: Fault = {
    code: 'PATH_NOT_FOUND',
    rule: 'V36',
    detail: `no path from ${certificate.issuer.text} to a trust anchor`,
  }
  const fault = leafFault(certificate, search) ?? missing
  const checks = [{ rule: fault.rule, passed: false, detail: fault.detail }]
  return { ...refusedBy(fault), checks, path: [certificate], crls: [], ocsp: [], others: [], policies: [] }
}

function windowOf(path: readonly Certificate[], anchor: Anchor, others: Window): Window {
  const lives = [...path.slice(0, -1), anchorLife(anchor)]
  return within(others, ...lives.map(({ notBefore, notAfter }) => ({ from: notBefore, until: notAfter })))
}

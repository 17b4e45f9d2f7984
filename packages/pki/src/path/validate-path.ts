import { verificationCodes } from '@docaxis/errors'
import { checkRevocation } from '../revocation/check-revocation.ts'
import { lastUse } from '../revocation/crl-fit.ts'
import type { Certificate, Crl, PathCheck, PathQuestion, PathResult } from '../types.ts'
import { buildPaths } from './build-paths.ts'
import { applyPathRules } from './path-rules.ts'
import { createSearch, type Search } from './search.ts'
import { serves } from './usage-rules.ts'

/**
 * Certification path to a configured anchor and revocation of every certificate but the anchor, at one moment
 * (RFC 5280 section 6; rules V25 to V41 of the verification rules). Tries every possible path within limits and
 * reports, when none holds, the failure of the path that got furthest.
 *
 * It reads no clock and fetches nothing: all it knows is in the question.
 */
export function validatePath(question: PathQuestion): PathResult {
  return searchPath(question.certificate, createSearch(question, validateSigner))
}

/** Signers of revocation lists are certificates too, checked in the same search and under the same limits. */
function validateSigner(signer: Certificate, search: Search): PathResult {
  return searchPath(signer, { ...search, purpose: 'crl' })
}

function searchPath(certificate: Certificate, search: Search): PathResult {
  let furthest: PathResult | undefined
  const anchors = search.trust.anchors.filter(({ purposes }) => serves(purposes, search.purpose))
  const candidates = anchors.map(anchor => anchor.certificate)
  for (const path of buildPaths(certificate, candidates, search.intermediates)) {
    const result = checkPath(path, search)
    if (result.verdict === 'VALID') return result
    if (!furthest || result.checks.length > furthest.checks.length) furthest = result
    if (search.budget.spent()) break
  }
  return furthest ?? pathNotFound(certificate)
}

const nothingUsed = { crls: [], ocsp: [], others: [], policies: [] }

function checkPath(path: readonly Certificate[], search: Search): PathResult {
  const { checks, fault } = applyPathRules(path, search.at, search.purpose, search.budget.take)
  if (fault) return { ...fault, verdict: verificationCodes[fault.code].verdict, checks, path, ...nothingUsed }

  const revocation = checkRevocation(path, search)
  const all = [...checks, ...revocation.checks]
  const used = { ...nothingUsed, crls: revocation.crls }
  if (revocation.fault) {
    const { code } = revocation.fault
    return { ...revocation.fault, verdict: verificationCodes[code].verdict, checks: all, path, ...used }
  }
  return { verdict: 'VALID', code: 'OK', rule: '-', checks: all, path, ...used, holds: windowOf(path, used.crls) }
}

function pathNotFound(certificate: Certificate): PathResult {
  const detail = `no path from ${certificate.issuer.text} to a trust anchor`
  const checks: PathCheck[] = [{ rule: 'V36', passed: false, detail }]
  return {
    verdict: 'INDETERMINATE',
    code: 'PATH_NOT_FOUND',
    rule: 'V36',
    detail,
    checks,
    path: [certificate],
    ...nothingUsed,
  }
}

function windowOf(path: readonly Certificate[], crls: readonly Crl[]): { from: Date; until: Date } {
  const starts = [...path.map(({ notBefore }) => notBefore), ...crls.map(({ thisUpdate }) => thisUpdate)]
  // A list may name a moment still to come from which a certificate is revoked.
  const revocations = crls.flatMap(crl => path.flatMap(({ serial }) => crl.find(serial)?.at ?? []))
  const ends = [...path.map(({ notAfter }) => notAfter), ...crls.map(lastUse), ...revocations]
  return {
    from: new Date(Math.max(...starts.map(Number))),
    until: new Date(Math.min(...ends.map(Number))),
  }
}

import { algorithmsOf } from '../algorithm-ends.ts'
import { anyPolicyQuestion } from '../path/policy-walk.ts'
import type { Search } from '../path/search.ts'
import { always, type Window } from '../path/window.ts'
import type { Anchor, Certificate, Crl, PathResult } from '../types.ts'

/** One certificate whose status is asked for, with the path it stands in. */
export interface Subject {
  readonly certificate: Certificate
  readonly issuer: Certificate
  readonly anchor: Anchor
  readonly search: Search
}

export type Signer = { readonly holds: Window } | { readonly fault: string }

/** Whether a list is signed by somebody who may sign it (RFC 5280 section 6.3.3 (f) and (g)), and how long that holds. */
export function findSigner(crl: Crl, subject: Subject): Signer {
  const { issuer, search } = subject
  const named = crl.issuer.key === issuer.subject.key ? [issuer] : []
  const others = search.authorities.named(crl.issuer.key).filter(({ sha256 }) => sha256 !== issuer.sha256)
  let fault = `nobody known signed the list of ${crl.issuer.text}`
  for (const signer of [...named, ...byKeyId(others, crl)]) {
    const unsigned = signatureFaultOf(crl, signer, search)
    const answer = unsigned === undefined ? vouchedFor(signer, subject) : { fault: unsigned }
    if ('holds' in answer) return answer
    fault = answer.fault
  }
  return { fault }
}

function byKeyId(signers: readonly Certificate[], { authorityKeyId }: Crl): Certificate[] {
  const agrees = ({ subjectKeyId }: Certificate) => subjectKeyId === authorityKeyId
  return [...signers.filter(agrees), ...signers.filter(signer => !agrees(signer))]
}

function signatureFaultOf(crl: Crl, signer: Certificate, { budget, algorithms, at }: Search): string | undefined {
  if (signer.keyUsage && !signer.keyUsage.has('cRLSign')) {
    return `list of ${crl.issuer.text}: ${signer.subject.text} may not sign lists`
  }
  const made = algorithmsOf(crl.signature.algorithm, signer)
  const fault = budget.signature(crl, signer) ?? algorithms.notBefore(at).fault(made)
  return fault && `list of ${crl.issuer.text}: ${fault.detail}`
}

/** The issuer itself stands in the path; another key or authority needs a path of its own, under the same anchor. */
function vouchedFor(signer: Certificate, { certificate, issuer, anchor, search }: Subject): Signer {
  if (signer.sha256 === issuer.sha256 || signer.sha256 === anchor.certificate.sha256) return { holds: always }
  if (search.openSigners.has(signer.sha256)) {
    return designatesItself(certificate, signer)
      ? { holds: always }
      : { fault: `only a list that ${signer.subject.text} signed itself tells its status` }
  }
  const { verdict, holds, detail } = pathOfSigner(signer, anchor, search)
  if (verdict === 'VALID') return { holds: holds ?? always }
  return { fault: `signer of the list, ${signer.subject.text}: ${detail ?? verdict}` }
}

/**
 * The authority that issued the signer's certificate names that very signer in it as the issuer of the list on it: no
 * other list can ever speak of it, and its authority said so.
 */
function designatesItself(certificate: Certificate, signer: Certificate): boolean {
  if (certificate.sha256 !== signer.sha256) return false
  return certificate.distributionPoints.some(
    ({ crlIssuers }) => crlIssuers?.some(({ key }) => key === signer.subject.key) ?? false,
  )
}

function pathOfSigner(signer: Certificate, anchor: Anchor, search: Search): PathResult {
  const open = new Set([...search.openSigners, signer.sha256])
  const key = [anchor.certificate.sha256, ...open].join(' ')
  const known = search.signers.get(key)
  if (known) return known
  const result = search.validateSigner(signer, {
    ...search,
    // A list is as new as the question: its signer must be good now.
    signedAt: search.at,
    algorithms: search.algorithms.notBefore(search.at),
    purpose: 'crl',
    policy: anyPolicyQuestion,
    anchors: new Map([[anchor.certificate.sha256, anchor]]),
    openSigners: open,
  })
  search.signers.set(key, result)
  return result
}

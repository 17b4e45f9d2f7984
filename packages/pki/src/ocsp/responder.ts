import type { Fault } from '../algorithms.ts'
import type { Certificate, SignatureParts } from '../types.ts'
import { keyHash } from './cert-id.ts'
import { ocspOid } from './oids.ts'
import type { BasicOcspResponse, ResponderId } from './types.ts'

/** Certificates sent along that are looked at; a responder sends one or two. */
const maxCandidates = 8

/** What the judgement of a responder needs from whoever asks. */
export interface ResponderChecks {
  readonly issuer: Certificate
  readonly at: Date
  /** Checks one signature; may count it. */
  readonly signatureFault: (signed: { sha256: string; signature: SignatureParts }, by: Certificate) => Fault | undefined
  /** Why a delegate is not known to be unrevoked. Asked only where its certificate does not waive it (nocheck). */
  readonly revocationFault: (delegate: Certificate) => Fault | undefined
  /** Whether encodings go unjudged (V38). */
  readonly outdated?: boolean
}

export type Responder = { readonly certificate: Certificate } | { readonly fault: Fault }

/**
 * Who signed a response and may: the issuer itself, or a delegate whose certificate that very authority issued for this
 * purpose (RFC 6960 section 4.2.2.2; V42). Nobody else, whatever he is trusted for.
 */
export function findResponder(sha256: string, basic: BasicOcspResponse, checks: ResponderChecks): Responder {
  const { issuer } = checks
  const others = basic.certificates.filter(certificate => certificate.sha256 !== issuer.sha256).slice(0, maxCandidates)
  const named = [issuer, ...others].filter(certificate => isNamedBy(basic.responder, certificate))
  let fault = unfit('no certificate of the responder that the response names')
  for (const certificate of named) {
    const found =
      (certificate === issuer ? undefined : delegateFault(certificate, checks)) ??
      unsigned('response', checks.signatureFault({ sha256, signature: basic.signature }, certificate))
    if (!found) return { certificate }
    fault = found
  }
  return { fault }
}

/** A wrong signature is no answer, hence no refusal of the certificate asked about. */
function unsigned(what: string, fault: Fault | undefined): Fault | undefined {
  if (!fault) return undefined
  const ofPath = fault.rule === 'V26' || fault.rule === 'V36'
  return { ...unfit(`${what}: ${fault.detail}`), rule: ofPath ? 'V42' : fault.rule }
}

function isNamedBy(responder: ResponderId, certificate: Certificate): boolean {
  switch (responder.by) {
    case 'name':
      return certificate.subject.key === responder.name.key
    case 'key':
      return keyHash(certificate, 'sha1').toString('hex') === responder.keyHash
  }
}

function delegateFault(delegate: Certificate, checks: ResponderChecks): Fault | undefined {
  return (
    issuedFault(delegate, checks) ??
    purposeFault(delegate) ??
    formFault(delegate, checks) ??
    validityFault(delegate, checks.at) ??
    (hasNoCheck(delegate) ? undefined : checks.revocationFault(delegate))
  )
}

function issuedFault(delegate: Certificate, { issuer, signatureFault }: ResponderChecks): Fault | undefined {
  if (delegate.issuer.key !== issuer.subject.key) {
    return unfit(`responder ${delegate.subject.text} is issued by ${delegate.issuer.text}, not by the authority itself`)
  }
  return unsigned(`responder ${delegate.subject.text}`, signatureFault(delegate, issuer))
}

function purposeFault({ extKeyUsage, keyUsage, subject }: Certificate): Fault | undefined {
  if (!extKeyUsage?.includes(ocspOid.signing)) {
    return { ...unfit(`${subject.text} may not sign OCSP responses`), rule: 'V35' }
  }
  if (!keyUsage || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation')) return undefined
  return { ...unfit(`${subject.text} may not sign: key usage is ${[...keyUsage].join(', ')}`), rule: 'V34' }
}

function formFault(
  { encodingFaults, unknownCritical, subject }: Certificate,
  { outdated = false }: ResponderChecks,
): Fault | undefined {
  const [fault] = outdated ? [] : encodingFaults
  if (fault !== undefined) return { ...unfit(`${subject.text}: ${fault}`), rule: 'V38' }
  const unknown = unknownCritical.find(id => id !== ocspOid.noCheck)
  return unknown === undefined ? undefined : { ...unfit(`${subject.text}: critical extension ${unknown}`), rule: 'V31' }
}

function validityFault({ notBefore, notAfter, subject }: Certificate, at: Date): Fault | undefined {
  if (notBefore <= at && at <= notAfter) return undefined
  const span = `from ${notBefore.toISOString()} to ${notAfter.toISOString()}`
  return { ...unfit(`responder ${subject.text} is valid ${span}, judged at ${at.toISOString()}`), rule: 'V27' }
}

/** The authority says that this responder need not be checked: its certificate is short-lived (section 4.2.2.2.1). */
function hasNoCheck({ extensions }: Certificate): boolean {
  return extensions.some(({ id }) => id === ocspOid.noCheck)
}

/** No proof of anything, neither good nor bad. */
export function unfit(detail: string): Fault {
  return { code: 'REVOCATION_UNAVAILABLE', rule: 'V42', detail }
}

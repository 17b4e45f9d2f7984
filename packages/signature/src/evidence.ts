import {
  type Certificate,
  createTrust,
  type PathResult,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  type Trust,
} from '@docaxis/pki'
import { type ConfiguredEnds, endsOf } from './algorithm-ends.ts'

export type EvidenceKind = 'certificate' | 'crl' | 'ocsp' | 'token'

/** A piece of what a verdict rests on, as it was kept (V47). */
export interface EvidencePiece {
  readonly sha256: string
  readonly kind: EvidenceKind
  readonly der: Uint8Array
}

/** As much of a verdict as names its evidence. */
export interface EvidencedVerdict {
  readonly code: string
  /** SHA-256 of the path's certificates, leaf first, anchor last. */
  readonly path?: readonly string[]
  readonly crls?: readonly string[]
  readonly ocsp?: readonly string[]
  /** Where several signatures rest on different anchors: those that count, and everything else that was used. */
  readonly anchors?: readonly string[]
  readonly evidence?: readonly string[]
  readonly algorithmEnds?: ConfiguredEnds
}

/** Hashes of everything that a verdict rests on. */
export function evidenceNamedBy({ path, crls, ocsp, anchors, evidence }: EvidencedVerdict): string[] {
  return [...new Set([path, crls, ocsp, anchors, evidence].flatMap(hashes => hashes ?? []))]
}

/** What was trusted when a verdict was made, out of its evidence alone. */
export function trustOfEvidence(verdict: EvidencedVerdict, pieces: readonly EvidencePiece[]): Trust {
  const byHash = new Map(pieces.map(piece => [piece.sha256, piece]))
  const named = evidenceNamedBy(verdict).flatMap(sha256 => byHash.get(sha256) ?? [])
  const ofKind = (kind: EvidenceKind) => named.filter(piece => piece.kind === kind).map(({ der }) => Buffer.from(der))
  const anchors = anchorsOf(verdict)
  const certificates = ofKind('certificate').map(der => parseCertificate(der))
  const isAnchor = ({ sha256 }: Certificate) => anchors.has(sha256)
  return createTrust({
    anchors: certificates.filter(isAnchor),
    intermediates: certificates.filter(certificate => !isAnchor(certificate)),
    crls: ofKind('crl').map(der => parseCrl(der)),
    ocsp: ofKind('ocsp').map(der => parseOcspResponse(der)),
    algorithmEnds: endsOf(verdict.algorithmEnds),
  })
}

/** Where no path was found, the last certificate of it is nobody's anchor. */
function anchorsOf({ anchors, path, code }: EvidencedVerdict): ReadonlySet<string> {
  if (anchors) return new Set(anchors)
  const last = code === 'PATH_NOT_FOUND' ? undefined : path?.at(-1)
  return new Set(last === undefined ? [] : [last])
}

/** Certificates of the path, and what authorities said of them (V47). */
export function evidenceOf({ path, crls, ocsp }: Pick<PathResult, 'path' | 'crls' | 'ocsp'>): readonly EvidencePiece[] {
  return [
    ...path.map(({ sha256, der }) => ({ sha256, kind: 'certificate' as const, der })),
    ...crls.map(({ sha256, der }) => ({ sha256, kind: 'crl' as const, der })),
    ...ocsp.map(({ sha256, der }) => ({ sha256, kind: 'ocsp' as const, der })),
  ]
}

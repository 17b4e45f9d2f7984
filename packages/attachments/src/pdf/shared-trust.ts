import {
  type AlgorithmEnds,
  type Anchor,
  createTrust,
  type GeneralName,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  type Trust,
} from '@docaxis/pki'

/** Where a piece lies in the shared memory. */
interface Piece {
  readonly at: number
  readonly length: number
}

/**
 * Trust as another thread can take it: its parts in DER, in memory that is shared and not copied, however large the
 * revocation lists are.
 */
export interface SharedTrust {
  /** The same number is the same trust. */
  readonly version: number
  readonly memory: SharedArrayBuffer
  readonly anchors: readonly (Piece & Omit<Anchor, 'certificate'>)[]
  readonly intermediates: readonly Piece[]
  /** `nextUpdate` as the hub takes it, which policy may have tightened. */
  readonly crls: readonly (Piece & { readonly nextUpdate?: Date })[]
  readonly ocsp: readonly Piece[]
  readonly algorithmEnds: AlgorithmEnds
}

const shared = new WeakMap<Trust, SharedTrust>()
let lastVersion = 0

/** Made once for each trust. */
export function shareTrust(trust: Trust): SharedTrust {
  const known = shared.get(trust) ?? makeShared(trust)
  shared.set(trust, known)
  return known
}

function makeShared({ anchors, intermediates, all, algorithmEnds }: Trust): SharedTrust {
  const ders = [...anchors.map(({ certificate }) => certificate), ...intermediates, ...all.crls, ...all.ocsp].map(
    ({ der }) => der,
  )
  const memory = new SharedArrayBuffer(ders.reduce((size, der) => size + der.length, 0))
  const bytes = new Uint8Array(memory)
  let end = 0
  const place = ({ der }: { readonly der: Buffer }): Piece => {
    const at = end
    bytes.set(der, at)
    end += der.length
    return { at, length: der.length }
  }
  lastVersion += 1
  return {
    version: lastVersion,
    memory,
    anchors: anchors.map(({ certificate, ...limits }) => ({ ...limits, ...place(certificate) })),
    intermediates: intermediates.map(place),
    crls: all.crls.map(crl => ({ ...place(crl), ...(crl.nextUpdate && { nextUpdate: crl.nextUpdate }) })),
    ocsp: all.ocsp.map(place),
    algorithmEnds,
  }
}

let opened: { readonly version: number; readonly trust: Trust } | undefined

/** In the other thread: parsed once for each version. */
export function openTrust(from: SharedTrust): Trust {
  if (opened?.version !== from.version) opened = { version: from.version, trust: parseShared(from) }
  return opened.trust
}

function parseShared({ memory, anchors, intermediates, crls, ocsp, algorithmEnds }: SharedTrust): Trust {
  // Copied: not everything that reads bytes takes shared ones.
  const der = ({ at, length }: Piece) => Buffer.from(new Uint8Array(memory, at, length))
  return createTrust({
    anchors: anchors.map(({ at, length, permittedNames, excludedNames, ...limits }) => ({
      ...limits,
      certificate: parseCertificate(der({ at, length })),
      ...(permittedNames && { permittedNames: permittedNames.map(withBuffer) }),
      ...(excludedNames && { excludedNames: excludedNames.map(withBuffer) }),
    })),
    intermediates: intermediates.map(piece => parseCertificate(der(piece))),
    crls: crls.map(piece => ({
      ...parseCrl(der(piece)),
      ...(piece.nextUpdate && { nextUpdate: piece.nextUpdate }),
    })),
    ocsp: ocsp.map(piece => parseOcspResponse(der(piece))),
    algorithmEnds,
  })
}

/** A Buffer that went to another thread is a Uint8Array there. */
function withBuffer({ kind, content }: GeneralName): GeneralName {
  return { kind, content: Buffer.from(content) }
}

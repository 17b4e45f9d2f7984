import type { Certificate, Trust } from '../types.ts'

/** Certificates that may issue others, found by what they are called. */
export interface Authorities {
  /** Those of this name (`Name.key`), without repeats: anchors first, then known ones, then those of the message. */
  readonly named: (key: string) => readonly Certificate[]
}

type Index = ReadonlyMap<string, readonly Certificate[]>

const indexOfTrust = new WeakMap<Trust, Index>()

export function authoritiesOf(trust: Trust, ofMessage: readonly Certificate[]): Authorities {
  const known =
    indexOfTrust.get(trust) ?? indexed([...trust.anchors.map(({ certificate }) => certificate), ...trust.intermediates])
  indexOfTrust.set(trust, known)
  const further = indexed(ofMessage)
  const found = new Map<string, readonly Certificate[]>()
  const named: Authorities['named'] = key => {
    const certificates = found.get(key) ?? unique([...(known.get(key) ?? []), ...(further.get(key) ?? [])])
    found.set(key, certificates)
    return certificates
  }
  return { named }
}

function indexed(certificates: readonly Certificate[]): Index {
  const index = new Map<string, Certificate[]>()
  for (const certificate of certificates) {
    const group = index.get(certificate.subject.key)
    if (group) group.push(certificate)
    else index.set(certificate.subject.key, [certificate])
  }
  return index
}

function unique(certificates: readonly Certificate[]): Certificate[] {
  return [...new Map(certificates.map(certificate => [certificate.sha256, certificate])).values()]
}

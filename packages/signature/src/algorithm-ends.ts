import {
  type AlgorithmEnds,
  type AlgorithmName,
  algorithmNames,
  algorithmsOfKey,
  type Certificate,
  defaultAlgorithmEnds,
  endAfter,
  endedFault,
  lastDayOf,
} from '@docaxis/pki'
import { Refusal } from './refusal.ts'
import type { DocumentQuestion } from './signed-xml/question.ts'

/** What an XML signature that computes was made with. */
export interface MadeWith {
  /** `rsa-sha256`, `rsa-pss-sha384`, `ed25519`, … */
  readonly signatureAlgorithm: string
  /** `sha256`, … */
  readonly digestAlgorithms: readonly string[]
  readonly certificate: Certificate
}

/** Why it no longer counts at the moment at which it is known to have been there (V21). */
export function endedRefusal(
  { signatureAlgorithm, digestAlgorithms, certificate }: MadeWith,
  at: Date,
  ends: AlgorithmEnds,
): Refusal | undefined {
  const named = [...partsOf(signatureAlgorithm), ...digestAlgorithms]
  const known = algorithmNames.filter(name => named.includes(name))
  const fault = endedFault([...known, ...algorithmsOfKey(certificate)], at, ends)
  return fault && new Refusal(fault.code, fault.rule, fault.detail)
}

/** The same where no hub is: the project's own ends unless others are given, and only where more than integrity is asked. */
export function endedByQuestion(made: MadeWith, { anchors, at, algorithmEnds }: DocumentQuestion): Refusal | undefined {
  return anchors && endedRefusal(made, at, algorithmEnds ?? defaultAlgorithmEnds)
}

function partsOf(signatureAlgorithm: string): readonly string[] {
  const [, way = signatureAlgorithm, hash = ''] = /^(.*)-(sha\d+)$/.exec(signatureAlgorithm) ?? []
  return [way === 'rsa' ? 'rsa-pkcs1' : way, hash]
}

/** Last days by which something was judged, where they are not the project's own: kept so that it can be judged again. */
export type ConfiguredEnds = Readonly<Partial<Record<AlgorithmName, string>>>

/** The ends that a verdict was made by. */
export function endsOf(configured: ConfiguredEnds = {}): AlgorithmEnds {
  const own = algorithmNames.flatMap(name => {
    const end = endAfter(configured[name] ?? '')
    return end ? [[name, end] as const] : []
  })
  return { ...defaultAlgorithmEnds, ...Object.fromEntries(own) }
}

export function configuredEnds(ends: AlgorithmEnds): { readonly algorithmEnds?: ConfiguredEnds } {
  const own = algorithmNames.flatMap(name => {
    const end = ends[name]
    return end && end.getTime() !== defaultAlgorithmEnds[name].getTime() ? [[name, lastDayOf(end)] as const] : []
  })
  return own.length === 0 ? {} : { algorithmEnds: Object.fromEntries(own) }
}

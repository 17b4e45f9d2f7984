import type { Fault } from '../algorithms.ts'
import { isCritical, oid } from '../extensions.ts'
import type { AnchorPurpose, Certificate, KeyUsage, Purpose } from '../types.ts'

/** What a purpose asks of the certificate it is asked of. */
interface Demand {
  /** Of anchors; absent: any anchor will do. */
  readonly anchor?: readonly AnchorPurpose[]
  readonly keyUsage?: { readonly rule: string; readonly oneOf: readonly KeyUsage[]; readonly mayBeAbsent: boolean }
  readonly extKeyUsage?: {
    readonly oneOf: readonly string[]
    readonly mayBeAbsent: boolean
    /** The extension is critical and holds nothing else. */
    readonly alone?: boolean
  }
}

/** documentSigning of RFC 9336, and the vendor's purpose that was used for it before and still is. */
const documentSigning = ['1.3.6.1.5.5.7.3.36', '1.3.6.1.4.1.311.10.3.12'] as const
const anyPurpose = '2.5.29.37.0'
const timeStamping = '1.3.6.1.5.5.7.3.8'
const ocspSigning = '1.3.6.1.5.5.7.3.9'

const signing = ['digitalSignature', 'nonRepudiation'] as const
const documents: Demand = {
  keyUsage: { rule: 'V34', oneOf: signing, mayBeAbsent: false },
  extKeyUsage: { oneOf: documentSigning, mayBeAbsent: true },
}

const demands: Readonly<Record<Purpose, Demand>> = {
  seal: { ...documents, anchor: ['seal'] },
  official: { ...documents, anchor: ['official'] },
  document: { ...documents, anchor: ['seal', 'official'] },
  tsa: {
    anchor: ['tsa'],
    keyUsage: { rule: 'V34', oneOf: signing, mayBeAbsent: true },
    extKeyUsage: { oneOf: [timeStamping], mayBeAbsent: false, alone: true },
  },
  ocsp: {
    anchor: ['ocsp'],
    keyUsage: { rule: 'V34', oneOf: signing, mayBeAbsent: true },
    extKeyUsage: { oneOf: [ocspSigning], mayBeAbsent: false },
  },
  crl: { keyUsage: { rule: 'V30', oneOf: ['cRLSign'], mayBeAbsent: true } },
  any: {},
}

/** Whether an anchor that is trusted for these purposes counts for this one (V25). */
export function serves(purposes: ReadonlySet<AnchorPurpose>, purpose: Purpose): boolean {
  return demands[purpose].anchor?.some(wanted => purposes.has(wanted)) ?? true
}

/** Key usage of the certificate asked about: V34, and V30 for signers of lists. */
export function leafUsageFault({ keyUsage }: Certificate, purpose: Purpose): Fault | undefined {
  const demand = demands[purpose].keyUsage
  if (!demand || (keyUsage ? demand.oneOf.some(usage => keyUsage.has(usage)) : demand.mayBeAbsent)) return undefined
  const stated = keyUsage ? [...keyUsage].join(', ') : 'none'
  const detail = `usage: key usage is ${stated}, ${demand.oneOf.join(' or ')} is needed`
  return { code: 'PATH_INVALID', rule: demand.rule, detail }
}

/** Extended key usage of the certificate asked about: V35. */
export function leafPurposeFault({ extKeyUsage, extensions }: Certificate, purpose: Purpose): Fault | undefined {
  const demand = demands[purpose].extKeyUsage
  if (!demand) return undefined
  if (!extKeyUsage)
    return demand.mayBeAbsent ? undefined : invalid(`usage: no purpose is stated, ${demand.oneOf[0]} is needed`)
  if (!extKeyUsage.some(usage => demand.oneOf.includes(usage))) {
    return invalid(`usage: certificate is for ${extKeyUsage.join(', ')}, ${demand.oneOf[0]} is needed`)
  }
  if (!demand.alone) return undefined
  if (extKeyUsage.length > 1)
    return invalid(`usage: certificate is for ${extKeyUsage.join(', ')}, not for one purpose alone`)
  return isCritical(extensions, oid.extKeyUsage) ? undefined : invalid('usage: the purpose is not critical')
}

/** An authority that states purposes vouches for no others, as everybody who sets them there means it. */
export function authorityPurposeFault({ extKeyUsage, subject }: Certificate, purpose: Purpose): Fault | undefined {
  const demand = demands[purpose].extKeyUsage
  if (!demand || !extKeyUsage) return undefined
  if (extKeyUsage.some(usage => usage === anyPurpose || demand.oneOf.includes(usage))) return undefined
  return invalid(`usage: ${subject.text} is for ${extKeyUsage.join(', ')}, ${demand.oneOf[0]} is needed`)
}

function invalid(detail: string): Fault {
  return { code: 'PATH_INVALID', rule: 'V35', detail }
}

import { createHash, sign } from 'node:crypto'
import { readEnvelope, type SignatureMaterial } from '@docaxis/edxml'
import type { Trust } from '@docaxis/pki'
import type { Identity } from '@docaxis/pki/authority'
import { noon } from '@docaxis/testkit'
import { type CertificateHolder, type SealVerdict, verifySeal } from '../src/index.ts'
import { ds } from '../src/names.ts'
import { canonicalBytes, withDocument } from './oracle.ts'

export interface Bench {
  readonly trust: Trust
  /** Holder of each certificate by its SHA-256. */
  readonly holders: ReadonlyMap<string, CertificateHolder>
  readonly at: Date
  readonly timeFault?: string
}

/** A directory in which each identity's certificate belongs to its agency. */
export function holdersOf(...pairs: readonly (readonly [Identity, string])[]): ReadonlyMap<string, CertificateHolder> {
  return new Map(pairs.map(([{ certificate }, holderCode]) => [certificate.sha256, { holderCode }]))
}

/** What the one parse cuts out of the packet; a packet it cannot read has none. */
export function materialOf(xml: Uint8Array): SignatureMaterial {
  const { signature, findings } = readEnvelope(xml, { profile: 'strict', receivedAt: noon })
  if (!signature) throw new Error(`not readable: ${findings.map(({ code }) => code).join()}`)
  return signature
}

/** The verdict on a packet that says it is from G99. */
export async function judge(xml: Uint8Array, { holders, ...asked }: Bench): Promise<SealVerdict> {
  return verifySeal({ material: materialOf(xml), senderCode: 'G99', holderOf: async id => holders.get(id), ...asked })
}

/** The packet with every occurrence of `from` replaced; it must occur. */
export function edit(xml: Uint8Array, from: string | RegExp, to: string): Buffer {
  const text = Buffer.from(xml).toString()
  const occurs = typeof from === 'string' ? text.includes(from) : from.test(text)
  if (!occurs) throw new Error(`nothing to replace: ${from}`)
  return Buffer.from(text.replace(from, to))
}

/**
 * Signs the SignedInfo that now stands in the packet, and puts in the digest of what `covers` names: the element of
 * that Id, or the packet without its Signature. An attacker with a key of his own can do as much.
 */
export function resign(xml: Uint8Array, by: Identity, covers?: string): Buffer {
  const digested = edit(xml, /<DigestValue>[^<]*/, `<DigestValue>${digestOf(xml, covers).toString('base64')}`)
  const signedInfo = withDocument(digested, document => canonicalBytes(found(document.get('//ds:SignedInfo', { ds }))))
  const value = sign('sha256', signedInfo, by.privateKey).toString('base64')
  return edit(digested, /<SignatureValue>[^<]*/, `<SignatureValue>${value}`)
}

function digestOf(xml: Uint8Array, covers: string | undefined): Buffer {
  return withDocument(xml, document => {
    const target = covers === undefined ? document : found(document.get(`//*[@Id='${covers}']`))
    if (covers === undefined) for (const signature of document.find('//ds:Signature', { ds })) signature.remove()
    const algorithm = /DigestMethod Algorithm="[^"]*sha(\d+)"/.exec(Buffer.from(xml).toString())?.[1]
    return createHash(`sha${algorithm}`).update(canonicalBytes(target)).digest()
  })
}

function found<T>(node: T | null): T {
  if (node === null) throw new Error('the packet has no such element')
  return node
}

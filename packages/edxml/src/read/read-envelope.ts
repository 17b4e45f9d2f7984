import { finding } from '@docaxis/errors'
import { type CarriedFiles, filesInMemory } from '../attachment/carried-file.ts'
import { limitsWith } from '../limits.ts'
import type { CanonicalPacket } from '../packet/element.ts'
import { PacketScan } from '../packet/packet-scan.ts'
import { signatureMaterial } from '../packet/signature-material.ts'
import type { EnvelopeLimits, EnvelopeReading, ReadEnvelope, ReadOptions } from '../reading.ts'
import { type XmlFault, XmlRefusal } from '../xml/fault.ts'
import { findDialect } from './dialect.ts'
import { FindingList } from './findings.ts'
import { readPacket } from './packet.ts'
import { samenessOf } from './sameness.ts'
import { findStateSecret } from './state-secret.ts'
import { reportLongTexts } from './text-limit.ts'

const maxXmlFaults = 50

/**
 * Reads one packet: the one function through which outside bytes are parsed. Model, findings and signature material come
 * from the same parse, so no two readers can disagree. Never throws for bad input; a packet is refused when any finding
 * is an error (edXML 2 to 9).
 *
 * @param bytes as received
 */
export const readEnvelope: ReadEnvelope = (bytes, options) => {
  const scan = openScan(options, filesInMemory)
  scan.scanner.write(bytes)
  scan.scanner.end()
  return readScanned(scan, options)
}

export function openScan({ limits }: ReadOptions, files: CarriedFiles | undefined): PacketScan {
  return new PacketScan(limitsWith(limits), files)
}

/** What a packet says, once all of it was scanned. */
export function readScanned(scan: PacketScan, { profile, receivedAt, limits }: ReadOptions): EnvelopeReading {
  const { scanner, elements, digest } = scan
  if (scanner.faults.length > 0) return unreadable(scanner.faults)
  const [root] = elements
  if (root === undefined) throw new Error('a packet without an element was let through')

  digest.end()
  const packet = { bytes: scanner.arena.bytes, root, elements }
  const findings = new FindingList(profile)
  if (scanner.byteOrderMark) findings.custom(root, 'M.XML.ByteOrderMark', 'W')
  const meaning = readMeaning(packet, findings, receivedAt, limitsWith(limits), scan.decodes)
  try {
    const signature = signatureMaterial(packet, {
      digest: algorithm => digest.of(algorithm),
      hasComments: scan.commentInSignature,
    })
    const reading = { ...meaning, findings: findings.report(), signature }
    scan.release()
    return reading
  } catch (error) {
    if (!(error instanceof XmlRefusal)) throw error
    return unreadable([{ code: error.code, line: 1, details: error.details }])
  }
}

type Meaning = Omit<EnvelopeReading, 'findings' | 'signature'>

function readMeaning(
  packet: CanonicalPacket,
  findings: FindingList,
  receivedAt: Date,
  limits: EnvelopeLimits,
  decodes: boolean,
): Meaning {
  const answer = findDialect(packet)
  if ('refusal' in answer) {
    findings.custom(packet.root, answer.refusal, 'E')
    return { stateSecret: false }
  }
  if (reportLongTexts(packet, findings, limits.maxTextBytes)) return { stateSecret: false }
  const secret = findStateSecret(packet)
  if (secret !== undefined) findings.custom(secret, 'M.StateSecret', 'E')
  const envelope = readPacket({ packet, findings, receivedAt }, answer.dialect, limits)
  // What was not decoded cannot be compared.
  const known = envelope && (decodes ? { envelope, sameness: samenessOf(envelope) } : { envelope })
  return { ...known, stateSecret: secret !== undefined }
}

function unreadable(faults: readonly XmlFault[]): EnvelopeReading {
  const findings = faults
    .slice(0, maxXmlFaults)
    .map(({ code, line, details }) => finding(code, { path: `line ${line}`, ...(details && { details }) }))
  return { findings, stateSecret: false }
}

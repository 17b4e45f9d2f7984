import { finding } from '@docaxis/errors'
import { defaultLimits } from '../limits.ts'
import type { EnvelopeLimits, EnvelopeReading, ReadEnvelope } from '../reading.ts'
import { canonicalize } from '../xml/canonicalize.ts'
import type { CanonicalPacket } from '../xml/element.ts'
import type { XmlFault } from '../xml/fault.ts'
import { guard } from '../xml/guard.ts'
import { readCanonical } from '../xml/read-canonical.ts'
import { signatureMaterial } from '../xml/signature-material.ts'
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
  const limits = { ...defaultLimits, ...options.limits }
  const guarded = guard(bytes, limits)
  if ('code' in guarded) return unreadable([guarded])
  const forms = canonicalize(guarded.bytes, guarded.hasComments)
  if (!('canonical' in forms)) return unreadable(forms)

  const packet = readCanonical(forms.canonical)
  const findings = new FindingList(options.profile)
  if (guarded.byteOrderMark) findings.custom(packet.root, 'M.XML.ByteOrderMark', 'W')
  const meaning = readMeaning(packet, findings, options.receivedAt, limits)
  return { ...meaning, findings: findings.report(), signature: signatureMaterial(packet, forms.withComments) }
}

type Meaning = Omit<EnvelopeReading, 'findings' | 'signature'>

function readMeaning(
  packet: CanonicalPacket,
  findings: FindingList,
  receivedAt: Date,
  limits: EnvelopeLimits,
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
  const known = envelope && { envelope, sameness: samenessOf(envelope) }
  return { ...known, stateSecret: secret !== undefined }
}

function unreadable(faults: readonly XmlFault[]): EnvelopeReading {
  return {
    findings: faults
      .slice(0, maxXmlFaults)
      .map(({ code, line, details }) => finding(code, { path: `line ${line}`, ...(details && { details }) })),
    stateSecret: false,
  }
}

import type { Clock, TrustSource } from '@docaxis/service'
import type { Sql } from '@docaxis/store'
import type { Caller } from '../caller.ts'
import type { PacketProof } from '../proving/prove-task.ts'
import { nothingAsked } from './attachment-proof.ts'
import { judgeReceivers, packetToJudge } from './judge-receivers.ts'
import type { Lookups } from './lookups.ts'
import type { Proof } from './proof.ts'
import { answeredAgencies, replyLinks } from './reply-rules.ts'
import { checkSeal } from './seal-rules.ts'
import { checkSender } from './sender-rules.ts'
import { checkTargets } from './target-rules.ts'

export interface ProveDeps {
  readonly sql: Sql
  readonly lookups: Lookups
  readonly trust: TrustSource
  readonly clock: Clock
}

/** Faults after which nothing of the envelope was read: not XML, another dialect, its frame missing. */
const malformedCode = /^(M\.XML|R\.XML|M\.Dialect|N\.edXML(Envelope|Header)$|N\.MessageHeader$)/

/**
 * The rest of the chain of checks on one envelope, once it has been read: sender, receivers, signature, earlier documents.
 * Finds every fault at once and stores nothing. Certain refusals need no database: an envelope that cannot be read, or
 * that is marked as a state secret, is looked at no further.
 *
 * @param sizeBytes of the packet as received
 * @param at the hub's receive time
 */
export async function proveEnvelope(
  deps: ProveDeps,
  caller: Caller,
  { reading, integrity }: PacketProof,
  sizeBytes: number,
  at: Date,
): Promise<Proof> {
  const { envelope } = reading
  if (!envelope || !integrity || reading.stateSecret) return unread(reading)

  const packet = packetToJudge(envelope, sizeBytes)
  const codes = [
    ...[envelope.sender, ...packet.receivers].map(party => party.agencyCode),
    ...answeredAgencies(envelope),
  ]
  const directory = await deps.lookups.agencies(codes)
  const lookup = (code: string) => directory.get(code)
  const from = checkSender(caller, envelope.sender, at, lookup)
  const to = await judgeReceivers(deps.sql, caller, packet, at, lookup)

  const { sender } = from
  const seal = await checkSeal(deps, { caller, envelope, integrity, sender, at })
  // What a stranger says of earlier documents is not looked up: the answer would tell him what exists.
  const targets =
    sender === undefined
      ? noTargets
      : await checkTargets(deps.sql, {
          envelope,
          profile: caller.profile,
          sender,
          statusReceiver: to.receivers[0]?.resolved,
          statusNames: envelope.kind === 'status' ? lookup(envelope.receiverCode)?.agency.code : undefined,
        })

  return {
    findings: [...reading.findings, ...from.findings, ...to.findings, ...seal.findings, ...targets.findings],
    malformed: false,
    stateSecret: false,
    unproven: seal.unproven,
    envelope,
    sameness: reading.sameness,
    seal: seal.seal,
    evidence: seal.evidence,
    attachments: nothingAsked,
    sender,
    receivers: to.receivers,
    effects: targets.effects,
    replies: replyLinks(envelope, lookup),
    reportOn: targets.reportOn,
  }
}

const noTargets = { findings: [], effects: [], reportOn: null }

function unread(reading: PacketProof['reading']): Proof {
  const { findings, envelope, stateSecret } = reading
  return {
    findings,
    malformed: findings.some(finding => finding.severity === 'error' && malformedCode.test(finding.code)),
    stateSecret,
    unproven: false,
    ...(envelope && { envelope }),
    evidence: [],
    attachments: nothingAsked,
    receivers: [],
    effects: [],
    replies: [],
    reportOn: null,
  }
}

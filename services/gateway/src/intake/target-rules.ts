import type { DocumentEnvelope, Envelope, Profile, StatusEnvelope } from '@docaxis/edxml'
import { type Finding, finding, type Severity } from '@docaxis/errors'
import {
  type EffectRow,
  findAddressedDocument,
  findAgencies,
  findHolder,
  findKnownDocumentIds,
  findSendersOf,
  type Sql,
} from '@docaxis/store'

/** What a packet says about an earlier document, judged by the hub's records (edXML 8 and 9.1). */
export interface TargetCheck {
  readonly findings: readonly Finding[]
  readonly effects: readonly EffectRow[]
  /** The delivery that a status message reports on; null while the hub knows none. */
  readonly reportOn: string | null
}

export interface TargetQuestion {
  readonly envelope: Envelope
  readonly profile: Profile
  /** Directory code of the sender. */
  readonly sender: string
  /** Directory code of the other side of a status message. */
  readonly statusReceiver: string | undefined
  /** Directory code of the agency that a status message names, where another one follows it. */
  readonly statusNames: string | undefined
}

const nothing: TargetCheck = { findings: [], effects: [], reportOn: null }

/** Only `sender` may act on its documents; unknown where the hub has seen nobody's. */
type TargetFault = 'Permission' | 'M.TraceHeaderList.Bussiness.DocumentId'

export async function checkTargets(sql: Sql, question: TargetQuestion): Promise<TargetCheck> {
  const { envelope } = question
  if (envelope.kind === 'status') return checkStatusTarget(sql, question, envelope)
  switch (envelope.action) {
    case 'new':
      return nothing
    case 'revoke':
    case 'update':
      return checkChange(sql, question, envelope, envelope.action)
    case 'replace':
      return checkReplacement(sql, question, envelope)
  }
}

async function checkChange(
  sql: Sql,
  question: TargetQuestion,
  envelope: DocumentEnvelope,
  action: 'revoke' | 'update',
): Promise<TargetCheck> {
  const { sender, profile } = question
  const target = envelope.target ?? envelope.documentId
  const fault = await targetFault(sql, sender, target)
  const findings = fault ? [targetFinding(fault, target, severityUnder(profile))] : []
  return { findings, effects: [{ sender, target, action }], reportOn: null }
}

async function checkReplacement(sql: Sql, question: TargetQuestion, envelope: DocumentEnvelope): Promise<TargetCheck> {
  const { sender } = question
  const findings: Finding[] = []
  for (const { documentId } of envelope.replaces) {
    // A full new document: an unknown target is a warning under every profile (edXML 9.1, flow 4).
    const fault = await targetFault(sql, sender, documentId)
    if (fault) findings.push(targetFinding(fault, documentId, 'warning'))
  }
  const directory = await findAgencies(
    sql,
    envelope.replaces.flatMap(({ agencyCodes }) => agencyCodes),
  )
  const effects = envelope.replaces.flatMap(({ documentId, agencyCodes }): EffectRow[] => {
    const effect = { sender, target: documentId, action: 'replace' as const }
    if (agencyCodes.length === 0) return [effect]
    return agencyCodes.map(written => ({ ...effect, receiver: directory.get(written)?.agency.code ?? written }))
  })
  return { findings, effects, reportOn: null }
}

/** `Permission` where only another agency has sent a document under this id; unknown where nobody has. */
async function targetFault(sql: Sql, sender: string, target: string): Promise<TargetFault | undefined> {
  const known = await findKnownDocumentIds(sql, sender, [target])
  if (known.has(target)) return undefined
  const senders = await findSendersOf(sql, target)
  return senders.length > 0 ? 'Permission' : 'M.TraceHeaderList.Bussiness.DocumentId'
}

function targetFinding(code: TargetFault, target: string, unknownSeverity: Severity): Finding {
  const severity = code === 'Permission' ? 'error' : unknownSeverity
  return finding(code, { path: 'TraceHeaderList/Bussiness/DocumentId', severity, details: { documentId: target } })
}

/** 13 asks back the reporter's own document; every other code is about one of the other side (edXML 8). */
async function checkStatusTarget(sql: Sql, question: TargetQuestion, status: StatusEnvelope): Promise<TargetCheck> {
  const { sender, statusReceiver, profile } = question
  if (statusReceiver === undefined) return nothing

  const takesBack = status.statusCode === '13'
  const holder = takesBack ? await holderOf(sql, question, status.documentId, statusReceiver) : statusReceiver
  const [owner, addressee] = takesBack ? [sender, holder] : [statusReceiver, sender]
  const known = await findAddressedDocument(sql, owner, status.documentId, addressee)
  const findings: Finding[] = []
  if (!known) {
    const details = { documentId: status.documentId }
    const path = 'MessageHeader/ResponseFor/DocumentId'
    findings.push(finding('M.UpdateStatusDoc', { path, severity: severityUnder(profile), details }))
  }
  const effects: EffectRow[] = takesBack
    ? [{ sender, target: status.documentId, action: 'take-back', receiver: holder }]
    : []
  return { findings, effects, reportOn: known?.deliveryId ?? null }
}

/** What a closed agency had stored stays its own, and whoever follows it answers; what was under way is the successor's. */
async function holderOf(
  sql: Sql,
  { sender, statusNames }: TargetQuestion,
  documentId: string,
  receiver: string,
): Promise<string> {
  const holder = statusNames === undefined ? undefined : await findHolder(sql, sender, documentId, statusNames)
  return holder ?? receiver
}

/** Letter S of the specification: legacy systems are warned, strict ones refused. */
function severityUnder(profile: Profile): Severity {
  return profile === 'strict' ? 'error' : 'warning'
}

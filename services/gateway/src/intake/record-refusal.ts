import type { Finding, HubError } from '@docaxis/errors'
import { publication } from '@docaxis/events'
import {
  appendOutbox,
  createReceipt,
  type Database,
  newHubId,
  recordAudit,
  type StoredRefusal,
  storeRefusal,
  type Tx,
} from '@docaxis/store'
import type { Caller } from '../caller.ts'
import type { Proof } from './proof.ts'
import type { ReceivedBody } from './receive-body.ts'

export interface RefusalToRecord {
  readonly caller: Caller
  readonly body: Pick<ReceivedBody, 'sha256' | 'sizeBytes'>
  readonly proof: Proof
  readonly refusal: HubError
}

/**
 * Keeps the evidence of a refusal: hash, ids, findings. No subject and no content; of a state secret not even what the
 * other findings would tell. The same bytes of the same system get one refusal receipt, however often they are sent.
 */
export async function recordRefusal(database: Database, record: RefusalToRecord): Promise<void> {
  await database.transaction(async tx => {
    const { caller, body, refusal } = record
    const findings = keptFindings(record)
    const stored = await storeRefusal(tx, newRefusal(record, findings))
    if (stored.first) await oweReceipt(tx, record, stored, findings)
    await recordAudit(tx, {
      actor: `system:${caller.systemId}`,
      action: 'document.refuse',
      object: stored.id,
      outcome: 'refused',
      details: { problem: refusal.code, codes: codesOf(findings), sha256: body.sha256 },
    })
  })
}

function newRefusal({ caller, body, proof, refusal }: RefusalToRecord, findings: readonly Finding[]) {
  const { envelope, seal } = proof
  return {
    id: newHubId(),
    systemId: caller.systemId,
    sha256: body.sha256,
    sizeBytes: body.sizeBytes,
    ...(envelope && { sender: envelope.sender.agencyCode, documentId: envelope.documentId }),
    problem: refusal.code,
    findings,
    ...(seal && { verdict: seal }),
  }
}

async function oweReceipt(
  tx: Tx,
  { caller, body, proof, refusal }: RefusalToRecord,
  stored: StoredRefusal,
  findings: readonly Finding[],
): Promise<void> {
  await createReceipt(tx, {
    kind: 'refusal',
    subjectId: stored.id,
    systemId: caller.systemId,
    agencyCode: proof.sender ?? null,
    refusalId: stored.id,
  })
  await appendOutbox(tx, [
    publication({
      topic: 'docaxis.document.refused',
      key: caller.systemId,
      id: `${stored.id}:refused`,
      subject: stored.id,
      time: stored.refusedAt,
      data: {
        refusalId: stored.id,
        systemId: caller.systemId,
        sha256: body.sha256,
        codes: [refusal.code, ...codesOf(findings)],
        refusedAt: stored.refusedAt.toISOString(),
      },
    }),
  ])
}

function keptFindings({ proof, refusal }: RefusalToRecord): readonly Finding[] {
  if (!proof.stateSecret) return refusal.findings
  return refusal.findings
    .filter(finding => finding.code === 'M.StateSecret')
    .map(({ details: _details, path: _path, ...finding }) => ({ ...finding, path: 'MessageHeader' }))
}

function codesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(finding => finding.code))]
}

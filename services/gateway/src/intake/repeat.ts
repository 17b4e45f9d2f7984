import { normalizeCode } from '@docaxis/directory'
import { type Finding, finding, HubError } from '@docaxis/errors'
import {
  type Acceptance,
  type EarlierPacket,
  findAcceptanceByKey,
  findEarlierPackets,
  type NewDocument,
  type Sql,
} from '@docaxis/store'

/** What a packet turns out to be when one like it is already there (edXML 9.1, Repeats). */
export type RepeatDecision =
  | { readonly is: 'repeat'; readonly acceptance: Acceptance }
  /** The VXP kit built the file anew for a retry: only trace times differ. */
  | { readonly is: 'rebuilt'; readonly acceptance: Acceptance }
  /** Adds receivers to `original`: deliver to `positions` of this packet only. */
  | { readonly is: 'extension'; readonly original: string; readonly positions: ReadonlySet<number> }
  /** The packet in its way is gone from sight: try again. */
  | { readonly is: 'unsettled' }

/** @throws HubError `DOCUMENT_EXISTS`: the DocumentId names other content */
export async function decideRepeat(sql: Sql, document: NewDocument): Promise<RepeatDecision> {
  const same = await findAcceptanceByKey(sql, document)
  if (same) return { is: 'repeat', acceptance: same }
  if (document.action !== 'new') return { is: 'unsettled' }

  const earlier = await findEarlierPackets(sql, document.sender, document.documentId)
  return compareWithEarlier(earlier, document)
}

/** @param earlier the new document under this DocumentId, then the packets that added receivers to it */
export function compareWithEarlier(earlier: readonly EarlierPacket[], document: NewDocument): RepeatDecision {
  const original = earlier[0]
  if (!original) return { is: 'unsettled' }
  if (original.attachmentsDigest !== document.attachmentsDigest) throw alreadyUsed(original)

  const reached = new Set(earlier.flatMap(packet => packet.receivers).map(normalizeCode))
  // What was written before is no further receiver, whoever follows its agency by now.
  const added = document.receivers.filter(
    ({ written, resolved }) => !reached.has(normalizeCode(written)) && !reached.has(resolved ?? ''),
  )
  if (added.length > 0) {
    return { is: 'extension', original: original.id, positions: new Set(added.map(receiver => receiver.position)) }
  }
  const rebuilt = document.profile === 'legacy' && earlier.find(packet => packet.headerDigest === document.headerDigest)
  if (!rebuilt) throw alreadyUsed(original)
  return { is: 'rebuilt', acceptance: { ...rebuilt, warnings: [...rebuilt.warnings, rebuiltWarning(rebuilt)] } }
}

function rebuiltWarning(earlier: Acceptance): Finding {
  const details = { id: earlier.id }
  return finding('M.Exist.Rebuilt', { path: 'MessageHeader/DocumentId', severity: 'warning', details })
}

function alreadyUsed(original: Acceptance): HubError {
  const details = { id: original.id, acceptedAt: original.acceptedAt.toISOString() }
  return new HubError(
    'DOCUMENT_EXISTS',
    `the DocumentId was accepted at ${details.acceptedAt} as ${original.id} with other content`,
    { details, findings: [finding('M.Exist', { path: 'MessageHeader/DocumentId', details })] },
  )
}

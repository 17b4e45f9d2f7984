import type { Sql } from '../database.ts'
import type { DeliveryState } from '../deliveries/delivery-states.ts'
import type { VxpSettings } from './vxp-setting.ts'

/** A packet as one system has it: all its deliveries to agencies behind that system, or one of them. */
export interface VxpPacket {
  /** The hub's id of the packet. */
  readonly documentId: string
  readonly kind: 'document' | 'status'
  readonly sha256: string
  readonly sizeBytes: number
  /** The delivery that the caller named. */
  readonly named: string
  readonly deliveries: readonly { readonly id: string; readonly receiver: string; readonly state: DeliveryState }[]
}

const findSql = `
select document.id, document.kind, encode(document.sha256, 'hex') as sha256, document.size_bytes,
       array_agg(delivery.id order by delivery.id) as ids,
       array_agg(delivery.receiver order by delivery.id) as receivers,
       array_agg(delivery.state order by delivery.id) as states
  from delivery as named
  join document on document.id = named.document_id
  join delivery on delivery.document_id = named.document_id
 where named.id = $1 and named.receiver = any($2) and named.state not in ('routed', 'held')
   and named.available_at is not null
   and delivery.receiver = any($2) and delivery.state not in ('routed', 'held') and delivery.available_at is not null
   and ($3::text = 'per-system' or delivery.id = named.id)
 group by document.id`

/**
 * What a `docId` of a list names for one system; undefined for an unknown id and for anybody else's alike.
 *
 * @param agencies directory codes that the caller acts for
 */
export async function findVxpPacket(
  sql: Sql,
  docId: string,
  agencies: readonly string[],
  rows: VxpSettings['rows'],
): Promise<VxpPacket | undefined> {
  const found = await sql.query<PacketRow>({ name: 'vxp.packet', text: findSql, values: [docId, agencies, rows] })
  const row = found.rows[0]
  return (
    row && {
      documentId: row.id,
      kind: row.kind,
      sha256: row.sha256,
      sizeBytes: Number(row.size_bytes),
      named: docId,
      deliveries: row.ids.map((id, index) => ({
        id,
        receiver: row.receivers[index] as string,
        state: row.states[index] as DeliveryState,
      })),
    }
  )
}

interface PacketRow {
  readonly id: string
  readonly kind: 'document' | 'status'
  readonly sha256: string
  readonly size_bytes: string
  readonly ids: string[]
  readonly receivers: string[]
  readonly states: DeliveryState[]
}

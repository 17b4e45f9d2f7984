import {
  markAllFetched,
  type NewBusinessReport,
  recordBusinessReport,
  reportsOfDeliveries,
  type Tx,
  type VxpPacket,
} from '@docaxis/store'
import { recordHandovers } from '../../mailbox/acknowledge.ts'
import { type Operation, type OperationContext, wrongParameter } from './operation.ts'
import { closedPacket, findPacket } from './packet.ts'

/** What the kit gives as the reason of `fail`: none. */
export const failReason = 'hệ thống nhận báo lỗi qua updateStatus (fail), không nêu lý do'

const transportWords: ReadonlySet<string> = new Set(['processing', 'done', 'fail'])
/** 13 is the sender's, and asks back a document of its own. */
const businessCodes: ReadonlySet<string> = new Set(['01', '02', '03', '04', '05', '06', '15', '16'])

/**
 * What became of a packet at the client: `done` is the acknowledgement for every agency behind the system. Some clients
 * send two-digit business codes: `done`, and a report of the agency that the row names; no status message is written in
 * its name (edXML 9).
 */
export const updateStatus: Operation = {
  name: 'updateStatus',
  method: 'POST',
  // `docid` is what this operation sets; a `docId` beside it was left by getEdoc.
  reads: ['docid', 'docId', 'status'],
  run: async context => {
    const { gateway, request, proved } = context
    const status = proved.call.parameter('status') ?? ''
    if (!transportWords.has(status) && !businessCodes.has(status)) {
      throw wrongParameter('status', status, 'processing, done, fail')
    }
    const packet = await findPacket(gateway, request, proved, ['docid', 'docId'])
    if (status !== 'processing' && status !== 'fail') await toldToWatch(context, packet)
    await gateway.database.transaction(tx => write(tx, context, packet, status))
    gateway.accept.bus.nudge()
    return {}
  },
}

function toldToWatch({ gateway, proved }: OperationContext, { deliveries }: VxpPacket): Promise<void> {
  return gateway.accept.watch.acknowledging(
    proved.caller.systemId,
    deliveries.map(({ id }) => id),
  )
}

async function write(tx: Tx, context: OperationContext, packet: VxpPacket, status: string): Promise<void> {
  switch (status) {
    case 'processing':
      return markProcessing(tx, context, packet)
    case 'fail':
      return handOver(tx, context, packet, 'failed')
    case 'done':
      return handOver(tx, context, packet, 'stored')
    default:
      await handOver(tx, context, packet, 'stored')
      if (packet.kind === 'document') await report(tx, context, packet, status)
  }
}

async function markProcessing(tx: Tx, { gateway, proved }: OperationContext, packet: VxpPacket): Promise<void> {
  const { agencies, systemId } = proved.caller
  const deliveryIds = packet.deliveries.map(({ id }) => id)
  const { leaseMs } = gateway.settings
  const results = await markAllFetched(tx, { deliveryIds, agencies, systemId, leaseMs, sparePauses: true })
  if ([...results.values()].every(({ result }) => result === 'conflict')) throw closedPacket(packet)
}

/** Told for every delivery of the packet to this system; those that closed otherwise stay as they are. */
async function handOver(
  tx: Tx,
  { gateway, proved }: OperationContext,
  packet: VxpPacket,
  result: 'stored' | 'failed',
): Promise<void> {
  const reports = packet.deliveries.map(({ id }) => ({
    id,
    result,
    ...(result === 'failed' && { reason: failReason }),
  }))
  const outcomes = await recordHandovers(tx, proved.caller, gateway.settings, reports)
  if (outcomes.every(outcome => outcome.result === 'conflict')) throw closedPacket(packet)
}

/** The deliveries are locked: of equal reports at once one is written. */
async function report(
  tx: Tx,
  { request, proved }: OperationContext,
  packet: VxpPacket,
  code: NewBusinessReport['code'],
): Promise<void> {
  const delivery = packet.deliveries.find(({ id }) => id === packet.named)
  if (!delivery) return
  const last = (await reportsOfDeliveries(tx, [delivery.id])).at(-1)
  if (last?.code === code) return
  await recordBusinessReport(tx, {
    deliveryId: delivery.id,
    statusId: null,
    code,
    reporter: delivery.receiver,
    systemId: proved.caller.systemId,
    via: 'update-status',
    traceparent: request.trace.traceparent,
  })
}

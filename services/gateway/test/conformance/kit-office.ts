import { randomUUID } from 'node:crypto'
import { type DocumentEnvelope, readEnvelope, type StatusCode, writeStatus } from '@docaxis/edxml'
import { envelopeXml, noon, type VxpKit } from '@docaxis/testkit'
import { edoc } from '../vxp/vxp-hub.ts'
import { firstFileOf } from './carried-file.ts'
import type { Scorecard } from './e-office.ts'

export interface KitOfficeOptions {
  /** A new client object: each sends the parameters of all its calls along. */
  readonly kit: () => VxpKit
  readonly agency: string
  /** Whether it tells the sender why it refuses a document: a kit's `fail` has no words for that. */
  readonly saysWhy: boolean
}

/**
 * An e-office system that has nothing but a VXP kit: one turn runs the loop of every client. What a kit has no call for
 * goes by edXML status messages: a refusal with its reason, 03, and the answers to changes.
 */
export function createKitOffice({ kit, agency, saysWhy }: KitOfficeOptions) {
  const letters = new Map<string, { readonly bytes: Buffer; isTaken: boolean }>()
  const correctedId = `${agency},2030,${randomUUID()}`

  async function report(to: string, documentId: string, statusCode: StatusCode, reason?: string): Promise<void> {
    const sender = { agencyCode: agency, name: `Cơ quan ${agency}` }
    const status = { sender, receiverCode: to, documentId, statusCode, ...(reason && { reason }), reportedAt: noon }
    await kit().sendEdoc(edoc(agency, 'status'), writeStatus(status))
  }

  async function take(docId: string): Promise<void> {
    const { file } = await kit().getEdoc(docId)
    if (!file) return
    const envelope = readEnvelope(file, { profile: 'legacy', receivedAt: noon }).envelope
    const isWhole = envelope?.kind !== 'document' || firstFileOf(file).includes('%%EOF')
    if (!isWhole && !saysWhy) return void (await kit().updateStatus(docId, 'fail'))
    const { http } = await kit().updateStatus(docId, 'done')
    if (http !== 200) return
    if (envelope?.kind === 'status' && envelope.statusCode === '13') {
      await report(envelope.sender.agencyCode, envelope.documentId, '15')
    }
    if (envelope?.kind === 'document') await handle(envelope, isWhole)
  }

  async function handle({ sender, documentId, action, target }: DocumentEnvelope, isWhole: boolean): Promise<void> {
    if (!isWhole) await report(sender.agencyCode, documentId, '02', 'Tệp PDF bị cắt cụt')
    else if (action === 'update') await report(sender.agencyCode, target ?? documentId, '15')
    else await report(sender.agencyCode, documentId, '03')
  }

  /** Sends one document until it is taken, the same bytes each time: kits repeat what was answered 5xx. */
  async function send(name: string, receiver: string, documentId: string): Promise<boolean> {
    const attachments = [{ name: 'thu.txt', content: Buffer.from(name), type: 'text/plain' }]
    const wish = { sender: agency, receivers: [receiver], documentId, subject: name, attachments }
    const letter = letters.get(name) ?? { bytes: envelopeXml(wish), isTaken: false }
    letters.set(name, letter)
    if (!letter.isTaken) letter.isTaken = (await kit().sendEdoc(edoc(agency), letter.bytes)).status === 'OK'
    return letter.isTaken
  }

  return {
    async turn({ counterpart, locked }: Scorecard): Promise<void> {
      for (const messagetype of ['edoc', 'status']) {
        const { data = [] } = await kit().getReceivedEdocList({ servicetype: 'eDoc', messagetype })
        for (const { docId } of data) await take(docId)
      }
      if (!(await send('Văn bản gửi thử', counterpart, `${agency},2030,${randomUUID()}`))) return
      await send('Văn bản cần sửa nơi nhận', locked, correctedId)
      await send('Văn bản đã sửa nơi nhận', counterpart, correctedId)
    },
  }
}

import { randomUUID } from 'node:crypto'
import { envelopeXml } from '@docaxis/testkit'
import { firstFileOf } from './carried-file.ts'

/** Steps of the script that the system does wrong, by their names. */
export type Mistake = string

export interface Scorecard {
  readonly id: string
  readonly counterpart: string
  readonly locked: string
  readonly waiting: number
  readonly endedAt: string | null
  readonly steps: readonly {
    readonly step: string
    readonly verdict: string
    readonly reason: string
    readonly fix: unknown
  }[]
}

export interface EOfficeOptions {
  /** `http://127.0.0.1:1234/api/v1`. */
  readonly api: string
  readonly token: string
  readonly agency: string
  readonly mistake?: Mistake
}

interface Mail {
  readonly deliveryId: string
  readonly kind: 'document' | 'status'
  readonly action: string
  readonly subject: string | null
}

/**
 * An e-office system as a vendor might have built it over REST: one turn polls, stores, reports, answers and sends. With
 * a mistake it does one thing wrong, and everything else well.
 */
export function createEOffice({ api, token, agency, mistake }: EOfficeOptions) {
  const registered = new Set<string>()
  let document: { readonly bytes: Buffer; settled: boolean } | undefined
  let correction: 'none' | 'refused' | 'settled' = 'none'
  const correctedId = `${agency},2030,${randomUUID()}`

  async function call(method: string, path: string, body?: object | Buffer, headers: Record<string, string> = {}) {
    const isPacket = Buffer.isBuffer(body)
    const answer = await fetch(`${api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': isPacket ? 'application/xml' : 'application/json' }),
        ...headers,
      },
      ...(body && { body: isPacket ? new Uint8Array(body) : JSON.stringify(body) }),
    })
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) }
  }
  const list = async <T>(path: string): Promise<readonly T[]> =>
    JSON.parse((await call('GET', path)).bytes.toString()).items
  const report = (deliveryId: string, code: string, reason?: string) =>
    call('POST', `/deliveries/${deliveryId}/status`, { code, ...(reason !== undefined && { reason }) })
  const acknowledge = (deliveryId: string, result: object = { result: 'stored' }) =>
    call('POST', `/deliveries/${deliveryId}/ack`, result)

  async function take(mail: Mail): Promise<void> {
    const { deliveryId, kind, action, subject } = mail
    const isLarge = subject?.includes('văn bản lớn') === true
    const range: Record<string, string> = isLarge && mistake === 'large' ? { range: 'bytes=0-999' } : {}
    const { bytes } = await call('GET', `/deliveries/${deliveryId}/envelope`, undefined, range)
    if (kind === 'status') return takeStatus(deliveryId, bytes)
    if (mistake === 'good' && subject?.includes('văn bản đúng')) {
      return void (await acknowledge(deliveryId, { result: 'failed', reason: 'Không đọc được' }))
    }
    const whole = isLarge || firstFileOf(bytes).includes('%%EOF')
    if (!whole && mistake !== 'faulty') {
      return void (await acknowledge(deliveryId, { result: 'failed', reason: 'Tệp PDF bị cắt cụt' }))
    }
    if (registered.has(deliveryId) && mistake === 'duplicate') return void (await report(deliveryId, '02', 'Đã có'))
    registered.add(deliveryId)
    const { status } = await acknowledge(deliveryId)
    if (status !== 200 || mistake === 'status') return
    if (action === 'new' || mistake === 'update') await report(deliveryId, '03')
  }

  async function takeStatus(deliveryId: string, bytes: Buffer): Promise<void> {
    const isTakeBack = bytes.includes('StatusCode>13<')
    if (!isTakeBack && mistake === 'status-back') return
    await acknowledge(deliveryId)
  }

  async function answerChanges(): Promise<void> {
    for (const { deliveryId, kind } of await list<{ deliveryId: string; kind: string }>('/changes?role=receiver')) {
      if (kind !== mistake) await report(deliveryId, '15')
    }
  }

  async function send(card: Scorecard): Promise<void> {
    if (mistake === 'send' || document?.settled) return
    document ??= { bytes: letter(card.counterpart, `${agency},2030,${randomUUID()}`), settled: false }
    const { status } = await call('POST', '/documents', document.bytes)
    if (status < 300) document.settled = true
    else if (mistake === 'repeat')
      document = { bytes: letter(card.counterpart, `${agency},2030,${randomUUID()}`), settled: false }
  }

  async function correct(card: Scorecard): Promise<void> {
    if (correction === 'settled') return
    if (correction === 'none') {
      await call('POST', '/documents', letter(card.locked, correctedId, 'Văn bản cần sửa nơi nhận'))
      correction = mistake === 'correct' ? 'settled' : 'refused'
      return
    }
    const { status } = await call(
      'POST',
      '/documents',
      letter(card.counterpart, correctedId, 'Văn bản đã sửa nơi nhận'),
    )
    if (status < 300) correction = 'settled'
  }

  function letter(receiver: string, documentId: string, subject = 'Văn bản gửi thử'): Buffer {
    const attachments = [{ name: 'thu.txt', content: Buffer.from(subject), type: 'text/plain' }]
    return envelopeXml({ sender: agency, receivers: [receiver], documentId, subject, attachments })
  }

  return {
    async turn(card: Scorecard): Promise<void> {
      for (const mail of await list<Mail>('/inbox?limit=100')) await take(mail)
      await answerChanges()
      await send(card)
      await correct(card)
    },
  }
}

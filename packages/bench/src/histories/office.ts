import { randomUUID } from 'node:crypto'
import { type DocumentInput, writeDocument } from '@docaxis/edxml'
import { parseCertificate } from '@docaxis/pki'
import { signEnvelope } from '@docaxis/signature'
import { createVxpKit, type KitOptions, type KitResult, type VxpKit } from '@docaxis/testkit'
import { request } from 'undici'
import { pause } from '../processes.ts'
import { nameOf } from './circle.ts'
import type { HistoriesHub } from './hub.ts'

export interface HubAnswer {
  readonly status: number
  readonly text: string
  readonly bytes: Buffer
}

/** One e-office with the agencies it acts for, as the hub sees it. */
export interface Office {
  readonly systemId: string
  readonly codes: readonly string[]
  /** Where it speaks VXP too: a client object of its kit. */
  readonly kit?: () => OfficeKit
  get(path: string): Promise<HubAnswer>
  /** All items of a listing, page after page. */
  list<T>(path: string): Promise<readonly T[]>
  post(path: string, body: object, idempotencyKey?: string): Promise<HubAnswer>
  send(envelope: Buffer): Promise<HubAnswer>
  /** A document of one of its agencies, sealed by the center. */
  seal(sender: string, wish: Pick<DocumentInput, 'receivers' | 'documentId'> & Partial<DocumentInput>): Buffer
}

/** What the histories do with a kit. */
export type OfficeKit = Pick<VxpKit, 'sendEdoc' | 'getReceivedEdocList' | 'getEdoc' | 'updateStatus' | 'close'>

export interface OfficeAccess {
  readonly systemId: string
  readonly codes: readonly string[]
  readonly token: string
  /** Of the kit; absent: REST alone. */
  readonly secret?: string
}

export function openOffice({ url, connections, center }: HistoriesHub, access: OfficeAccess): Office {
  const { systemId, codes, token, secret } = access
  const call = caller({ url, connections }, token)
  const signer = { privateKey: center.key, certificates: [parseCertificate(center.certificatePem)] }
  const get = (path: string) => call('GET', path, {})
  return {
    systemId,
    codes,
    ...(secret !== undefined && {
      kit: () =>
        openKit({ version: '2.0.1', endpoint: `${url}/XrdAdapter`, systemid: systemId, secret, now: () => new Date() }),
    }),
    get,
    async list<T>(path: string) {
      const items: T[] = []
      let after = ''
      for (;;) {
        const { status, text } = await get(`${path}${path.includes('?') ? '&' : '?'}limit=500${after}`)
        if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`)
        const page = JSON.parse(text) as { readonly items: readonly T[]; readonly next?: string | null }
        items.push(...page.items)
        if (!page.next) return items
        after = `&after=${encodeURIComponent(page.next)}`
      }
    },
    post: (path, body, idempotencyKey) =>
      call(
        'POST',
        path,
        { 'content-type': 'application/json', ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) },
        JSON.stringify(body),
      ),
    send: envelope => call('POST', '/documents', { 'content-type': 'application/xml' }, envelope),
    seal: (sender, wish) =>
      signEnvelope(writeDocument({ ...usual, sender: partyOf(sender), ...wish }, randomUUID), signer),
  }
}

/** Calls under `/api/v1` in the name of the token's system, again where the hub is too busy: it has stored nothing then. */
export function caller({ url, connections }: Pick<HistoriesHub, 'url' | 'connections'>, token: string) {
  const once = async (
    method: 'GET' | 'POST',
    path: string,
    headers: object,
    body?: Buffer | string,
  ): Promise<HubAnswer> => {
    const answer = await request(`${url}/api/v1${path}`, {
      method,
      dispatcher: connections,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body }),
    })
    const bytes = Buffer.from(await answer.body.arrayBuffer())
    return { status: answer.statusCode, bytes, text: bytes.toString() }
  }
  return async (...call: Parameters<typeof once>): Promise<HubAnswer> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await once(...call)
      if (answer.status !== 503 || tries === mostTries) return answer
      await pause(busyPauseMs)
    }
  }
}

/** A kit makes a call again that was answered 5xx (vxp-wire 10). */
function openKit(options: KitOptions): OfficeKit {
  const kit = createVxpKit(options)
  const patient =
    <Parameters extends readonly unknown[], Result extends KitResult>(
      call: (...parameters: Parameters) => Promise<Result>,
    ) =>
    async (...parameters: Parameters): Promise<Result> => {
      for (let tries = 1; ; tries += 1) {
        const result = await call(...parameters)
        if (result.http !== 503 || tries === mostTries) return result
        await pause(busyPauseMs)
      }
    }
  return {
    sendEdoc: patient(kit.sendEdoc),
    getReceivedEdocList: patient(kit.getReceivedEdocList),
    getEdoc: patient(kit.getEdoc),
    updateStatus: patient(kit.updateStatus),
    close: kit.close,
  }
}

/** Five minutes: the machine may be busy with other things. */
const mostTries = 1_000
const busyPauseMs = 300

export function partyOf(code: string) {
  return { agencyCode: code, name: nameOf(code) }
}

const usual = {
  code: { number: '12', notation: 'CV-VP' },
  issuedOn: '2026-01-05',
  documentType: { type: 1, name: 'Công văn' },
  subject: 'Về việc liên thông văn bản',
  signer: { fullName: 'Trần Văn B' },
  sentAt: new Date('2026-01-05T02:00:00Z'),
  attachments: [{ name: 'cv.txt', content: Buffer.from('Kính gửi: các cơ quan\n'), type: 'text/plain' }],
} satisfies Partial<DocumentInput>

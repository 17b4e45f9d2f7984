import { randomUUID } from 'node:crypto'
import { type DocumentInput, writeDocument } from '@docaxis/edxml'
import { parseCertificate } from '@docaxis/pki'
import { signEnvelope } from '@docaxis/signature'
import { Agent, request } from 'undici'
import type { DemoAgency } from '../load/country.ts'

export interface HubAnswer {
  readonly status: number
  readonly text: string
  readonly bytes: Buffer
}

/** One agency's e-office, as the hub sees it. */
export interface Office {
  readonly code: string
  readonly name: string
  get(path: string): Promise<HubAnswer>
  /** All items of a listing, page after page. */
  list<T>(path: string): Promise<readonly T[]>
  post(path: string, body: object, idempotencyKey?: string): Promise<HubAnswer>
  send(envelope: Buffer): Promise<HubAnswer>
  /** A sealed document of its own. */
  seal(wish: Pick<DocumentInput, 'receivers' | 'documentId'> & Partial<DocumentInput>): Buffer
  close(): Promise<void>
}

export function openOffice(url: string, agency: DemoAgency): Office {
  const dispatcher = new Agent({ connections: 32, headersTimeout: 60_000, bodyTimeout: 60_000 })
  const authorization = `Bearer ${agency.token}`
  const signer = { privateKey: agency.key, certificates: [parseCertificate(agency.certificatePem)] }

  async function call(method: 'GET' | 'POST', path: string, headers: object, body?: Buffer | string) {
    const answer = await request(`${url}/api/v1${path}`, {
      method,
      dispatcher,
      headers: { authorization, ...headers },
      ...(body !== undefined && { body }),
    })
    const bytes = Buffer.from(await answer.body.arrayBuffer())
    return { status: answer.statusCode, bytes, text: bytes.toString() }
  }

  const get = (path: string) => call('GET', path, {})
  return {
    code: agency.code,
    name: agency.name,
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
    seal: wish => signEnvelope(writeDocument({ ...usual, sender: partyOf(agency), ...wish }, randomUUID), signer),
    close: () => dispatcher.close(),
  }
}

export function partyOf({ code, name }: Pick<Office, 'code' | 'name'>) {
  return { agencyCode: code, name }
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

import { Pool } from 'undici'

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

/** The hub's HTTP API as one system calls it; connections are kept. No retries: the caller decides. */
export interface Api {
  send(envelope: Buffer): Promise<Answer>
  inbox(agency: string): Promise<readonly MailboxItem[]>
  /** One page of a listing; `next` is absent on the last. */
  inboxPage(agency: string, after?: string): Promise<MailboxPage>
  fetch(deliveryId: string): Promise<Answer>
  acknowledge(deliveryIds: readonly string[]): Promise<Answer>
  get(path: string): Promise<Answer>
  close(): Promise<void>
}

export interface MailboxItem {
  readonly deliveryId: string
  readonly documentId: string
  readonly receiver: string
  readonly sha256: string
}

export interface MailboxPage {
  readonly items: readonly MailboxItem[]
  readonly next?: string | null
}

export function openApi(url: string, token: string, connections: number): Api {
  const pool = new Pool(url, { connections, headersTimeout: 30_000, bodyTimeout: 30_000 })

  /** Handlers instead of streams and promises: what asks shares the processors with what is measured. */
  function call(method: 'GET' | 'POST', path: string, body?: Buffer | string, type?: string): Promise<Answer> {
    const headers = { authorization: `Bearer ${token}`, ...(type === undefined ? {} : { 'content-type': type }) }
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = []
      let status = 0
      pool.dispatch(
        { path: `/api/v1${path}`, method, headers, ...(body === undefined ? {} : { body }) },
        {
          onRequestStart() {},
          onResponseStart(_controller, statusCode) {
            status = statusCode
          },
          onResponseData(_controller, part) {
            parts.push(part)
          },
          onResponseEnd() {
            resolve({ status, body: Buffer.concat(parts) })
          },
          onResponseError(_controller, error) {
            reject(error)
          },
        },
      )
    })
  }

  async function inboxPage(agency: string, after?: string): Promise<MailboxPage> {
    const query = new URLSearchParams({ kind: 'document', agency, ...(after !== undefined && { after }) })
    const answer = await call('GET', `/inbox?${query}`)
    if (answer.status !== 200) throw new Error(`inbox answered ${answer.status}: ${answer.body}`)
    return JSON.parse(answer.body.toString()) as MailboxPage
  }

  return {
    send: envelope => call('POST', '/documents', envelope, 'application/xml'),
    inbox: async agency => (await inboxPage(agency)).items,
    inboxPage,
    fetch: deliveryId => call('GET', `/deliveries/${deliveryId}/envelope`),
    acknowledge: deliveryIds =>
      call(
        'POST',
        '/deliveries/ack',
        JSON.stringify({ items: deliveryIds.map(id => ({ id, result: 'stored' })) }),
        'application/json',
      ),
    get: path => call('GET', path),
    close: () => pool.close(),
  }
}

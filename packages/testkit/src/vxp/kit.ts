import { type Header, kitHash, kitHeaders, kitTimestamp } from './kit-headers.ts'
import { type KitAnswer, type KitRequest, openKitConnection } from './kit-request.ts'

/** Versions whose traffic was captured. */
export type KitVersion = '2.0.0' | '2.0.1'

export interface KitOptions {
  readonly version: KitVersion
  /** `http://hub:8080/XrdAdapter`. */
  readonly endpoint: string
  readonly systemid: string
  readonly secret: string
  readonly now: () => Date
  /** Changes what goes over the wire, for tests of what must be refused. */
  readonly tamper?: (call: KitRequest) => KitRequest
}

/** What an operation answers beside its own fields. */
export interface KitResult {
  readonly status: 'OK' | 'FAIL'
  readonly ErrorCode: string
  readonly ErrorDesc: string
  /** HTTP status. */
  readonly http: number
  readonly [field: string]: unknown
}

export interface ReceivedRow {
  readonly docId: string
  readonly from: string
  readonly to: string
  readonly status: string
  readonly messageType: string
  readonly contentSha256: string
  readonly contentLength: number
  readonly created_time: string
}

type Parameters = Readonly<Record<string, string>>

/**
 * One client object of the VXP Java kit, as its traffic was captured. Like the kit it keeps every parameter of every
 * call and sends them all again with the next one, and it takes its timestamp once, when it is made.
 */
export interface VxpKit {
  sendEdoc(parameters: Parameters, file: Uint8Array): Promise<KitResult>
  /** The same with the file as part `file_doc` of a form, as some wrappers send it. */
  sendForm(parameters: Parameters, file: Uint8Array): Promise<KitResult>
  getReceivedEdocList(parameters: Parameters): Promise<KitResult & { readonly data?: readonly ReceivedRow[] }>
  /** The decoded file, or undefined when the hub refuses. */
  getEdoc(docId: string): Promise<KitResult & { readonly file?: Buffer }>
  /** 2.0.1 only. */
  downloadEdoc(docId: string): Promise<KitAnswer>
  updateStatus(docId: string, status: string): Promise<KitResult>
  /** Any other operation, or one of the above with whatever parameters. */
  call(operation: string, parameters?: Parameters, body?: string): Promise<KitResult>
  close(): void
}

export function createVxpKit(options: KitOptions): VxpKit {
  const { version, endpoint, systemid, secret, now, tamper = call => call } = options
  const connection = openKitConnection()
  const timestamp = kitTimestamp(now())
  /** Everything that any call of this object has set, in the order of its first use. */
  const kept = new Map<string, string>()

  function post(operation: string, parameters: Parameters, contentType: string, body?: Uint8Array): KitRequest {
    for (const [name, value] of Object.entries(parameters)) kept.set(name, value)
    if (!kept.has('from')) kept.set('from', systemid)
    const { from = systemid, ...others } = Object.fromEntries(kept)
    const signed: Header[] = [
      ['systemid', systemid],
      ...Object.entries(others),
      ['from', from],
      ['timestamp', timestamp],
      ['Content-Type', contentType],
    ]
    return {
      url: `${endpoint}/${operation}`,
      method: 'POST',
      headers: [['Content-Type', contentType], ...kitHeaders({ parameters: signed, secret })],
      body: body ?? new Uint8Array(),
    }
  }

  async function answerOf(request: KitRequest): Promise<KitResult> {
    const { status, bytes } = await connection.send(tamper(request))
    return { ...JSON.parse(bytes.toString('utf8')), http: status }
  }

  const json = (operation: string, parameters: Parameters, body: string) =>
    answerOf(post(operation, parameters, 'application/json', Buffer.from(body)))

  /** 2.0.0 names the document `docid` when it updates; 2.0.1 sets both. */
  const updated = (docId: string, status: string): Parameters =>
    version === '2.0.0' ? { status, docid: docId } : { status, docId, docid: docId }

  return {
    sendEdoc: (parameters, file) => {
      const signed = { ...parameters, 'hash-file': kitHash(file) }
      const request = post('sendEdoc', signed, 'application/octet-stream', file)
      return answerOf({ ...request, expectContinue: version === '2.0.0' })
    },
    sendForm: (parameters, file) => {
      const boundary = '----JAVASDKAgent7MA4YWxkTrZu0gW'
      const form = Buffer.concat([
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="note"\r\n\r\nx\r\n--${boundary}\r\nContent-Disposition: form-data; name="file_doc"; filename="../edoc.edxml"\r\nContent-Type: application/octet-stream\r\n\r\n`,
        ),
        file,
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ])
      const signed = { ...parameters, 'hash-file': kitHash(file) }
      return answerOf(post('sendEdoc', signed, `multipart/form-data; boundary=${boundary}`, form))
    },
    getReceivedEdocList: parameters => json('getReceivedEdocList', parameters, version === '2.0.0' ? '' : '{}'),
    getEdoc: async docId => {
      const result = await json('getEdoc', { docId, filePath: '/home/vxp/../../inbox/' }, '{}')
      return typeof result.data === 'string' ? { ...result, file: Buffer.from(result.data, 'base64') } : result
    },
    downloadEdoc: docId => {
      const { body: _none, ...request } = post('downloadEdoc', { docId }, 'application/json')
      return connection.send(tamper({ ...request, method: 'GET' }))
    },
    updateStatus: (docId, status) => json('updateStatus', updated(docId, status), '{}'),
    call: (operation, parameters = {}, body = '') => json(operation, parameters, body),
    close: connection.close,
  }
}

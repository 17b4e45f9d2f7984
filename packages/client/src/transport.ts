import { ApiProblem, HubUnreachable, type ProblemBody } from './api-problem.ts'

export interface TransportOptions {
  /** Base address of the hub, `http://127.0.0.1:8080`. */
  readonly url: string
  /** Bearer token of the calling system. */
  readonly token?: string
  /** Stands in for the global `fetch`: proxies, client certificates, tests. */
  readonly fetch?: typeof globalThis.fetch
  /** Tries of one call, the first included; 5 unless told. */
  readonly maxAttempts?: number
  /** Longest single wait between two tries, whatever Retry-After asks for; 30 s unless told. */
  readonly maxWaitMs?: number
  /** Told before each wait why it is, and for how long: a person would like to know. */
  readonly onWait?: (reason: ApiProblem | HubUnreachable, waitMs: number) => void
}

export type Body = NonNullable<RequestInit['body']>

export interface Call {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | undefined>>
  readonly headers?: Readonly<Record<string, string>>
  /** Made anew for each try, so that every try sends the same bytes. */
  readonly body?: () => Body
  readonly signal?: AbortSignal
}

/** When one call is tried again, beside the usual. */
export interface RetryRules {
  /** Refusals after which a next try, made anew, may succeed. */
  readonly again?: (problem: ApiProblem) => boolean
  /** How many times the usual number of tries. */
  readonly patience?: number
}

export interface Transport {
  /** Base address of the hub. */
  readonly url: string
  /**
   * Sends one call and repeats it, with the same bytes, after network errors, 423, 429, 460 and 5xx.
   *
   * @param call or what makes each try's anew, where it depends on what became of the one before
   * @throws ApiProblem for every answer outside 2xx once the tries are used up
   * @throws HubUnreachable when no try was answered
   */
  send(call: Call | (() => Promise<Call>), rules?: RetryRules): Promise<Response>
  json<T>(call: Call): Promise<T>
}

const firstWaitMs = 250

export function createTransport(options: TransportOptions): Transport {
  const maxAttempts = options.maxAttempts ?? 5
  const maxWaitMs = options.maxWaitMs ?? 30_000

  async function send(wanted: Call | (() => Promise<Call>), rules: RetryRules = {}): Promise<Response> {
    const { again = () => false, patience = 1 } = rules
    for (let attempt = 1; ; attempt += 1) {
      const call = typeof wanted === 'function' ? await wanted() : wanted
      const outcome = await tryOnce(options, call)
      if (outcome instanceof Response) return outcome
      const retryable = outcome instanceof HubUnreachable || outcome.retryable || again(outcome)
      if (!retryable || attempt >= maxAttempts * patience) throw outcome
      const asked = outcome instanceof ApiProblem ? outcome.retryAfterSeconds : undefined
      const waitMs = Math.min(asked === undefined ? backOffMs(attempt) : asked * 1000, maxWaitMs)
      options.onWait?.(outcome, waitMs)
      await wait(waitMs, call.signal)
    }
  }

  return {
    url: options.url,
    send,
    async json<T>(call: Call): Promise<T> {
      return (await (await send(call)).json()) as T
    },
  }
}

/** A call with a JSON body. */
export function postJson(path: string, value: unknown) {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' } as Readonly<Record<string, string>>,
    body: () => JSON.stringify(value),
  } as const
}

async function tryOnce(options: TransportOptions, call: Call): Promise<Response | ApiProblem | HubUnreachable> {
  const url = addressOf(options.url, call)
  const init: RequestInit = {
    method: call.method ?? 'GET',
    headers: { ...(options.token ? { authorization: `Bearer ${options.token}` } : {}), ...call.headers },
    body: call.body?.() ?? null,
    signal: call.signal ?? null,
    // Required by fetch as soon as the body is a stream (Fetch standard, RequestInit.duplex).
    duplex: 'half',
  }
  let response: Response
  try {
    response = await (options.fetch ?? globalThis.fetch)(url, init)
  } catch (error) {
    call.signal?.throwIfAborted()
    return new HubUnreachable(options.url, error)
  }
  return response.ok ? response : problemOf(response)
}

function addressOf(base: string, call: Call): URL {
  const url = new URL(`${base.replace(/\/+$/, '')}/api/v1${call.path}`)
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const text = await response.text().catch(() => '')
  return new ApiProblem(response.status, parseProblem(text), retryAfterSeconds(response.headers))
}

function parseProblem(text: string): ProblemBody {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? (body as ProblemBody) : {}
  } catch {
    return {}
  }
}

/** Seconds, or a date (RFC 9110 section 10.2.3). */
export function retryAfterSeconds(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  if (/^\d+$/.test(value)) return Number(value)
  const at = Date.parse(value)
  const from = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(at) ? undefined : Math.max(0, (at - (Number.isNaN(from) ? Date.now() : from)) / 1000)
}

/** Doubles, with jitter so that many clients do not come back together. */
function backOffMs(attempt: number): number {
  return firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random())
}

export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(done, ms)
    signal?.addEventListener('abort', stop, { once: true })
    function done(): void {
      signal?.removeEventListener('abort', stop)
      resolve()
    }
    function stop(): void {
      clearTimeout(timer)
      reject(signal?.reason)
    }
  })
}

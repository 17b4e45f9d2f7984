import { postJson, type Transport } from './transport.ts'

interface Bilingual {
  readonly vi: string
  readonly en: string
}

/** One step of the conformance script, as the hub judges it. */
export interface ConformanceStep {
  readonly step: string
  readonly title: Bilingual
  readonly expected: Bilingual
  readonly verdict: 'waiting' | 'passed' | 'failed'
  readonly reason: string
  readonly came: Bilingual
  /** What to do next. */
  readonly fix: Bilingual | null
  readonly details: Readonly<Record<string, unknown>>
  readonly documents: Readonly<Record<string, string>>
  readonly decidedAt: string | null
}

/** What one run of the script with one system has come to. */
export interface Scorecard {
  readonly id: string
  readonly system: string
  readonly agency: string
  /** Where the system sends to, and an agency that refuses everything. */
  readonly counterpart: string
  readonly locked: string
  readonly startedAt: string
  readonly endedAt: string | null
  readonly passed: number
  readonly failed: number
  readonly waiting: number
  readonly steps: readonly ConformanceStep[]
}

export interface ConformanceWish {
  readonly agency?: string
  readonly largeBytes?: number
}

/** The conformance script of a test hub. */
export interface Conformance {
  start(wish?: ConformanceWish): Promise<Scorecard>
  /** Newest first. */
  list(): Promise<readonly Scorecard[]>
  /** Has the hub look at what came and play its next part. Safe to repeat. */
  advance(id: string): Promise<Scorecard>
  /** Ends a run: what had its turn and did not come has failed. */
  finish(id: string): Promise<Scorecard>
}

/** @param system for operators: whose runs; the caller's own unless told */
export function createConformance(transport: Transport, system?: string): Conformance {
  const query = { system }
  const post = (path: string, body: object) =>
    transport.json<Scorecard>({ ...postJson(`/conformance${path}`, body), query })
  return {
    start: (wish = {}) => post('', wish),
    list: async () => (await transport.json<{ items: readonly Scorecard[] }>({ path: '/conformance', query })).items,
    advance: id => post(`/${encodeURIComponent(id)}/advance`, {}),
    finish: id => post(`/${encodeURIComponent(id)}/finish`, {}),
  }
}

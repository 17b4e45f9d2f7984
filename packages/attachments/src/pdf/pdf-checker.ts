import { type SignatureState, verificationCodes } from '@docaxis/errors'
import type { Trust } from '@docaxis/pki'
import { type EvidencedVerdict, type PdfVerdict, unfinishedPdf } from '@docaxis/signature'
import type { NewEvidence } from '@docaxis/store'
import { Piscina } from 'piscina'
import type { DocumentFile } from '../documents/open-pdf.ts'
import { type SharedTrust, shareTrust } from './shared-trust.ts'

export interface PdfQuestion {
  readonly trust: Trust
  /** The judged time: the hub's receipt time. */
  readonly at: Date
  /** Why that time cannot be trusted (V54). */
  readonly timeFault?: string
}

/**
 * Verdict on the signatures inside one PDF, with the names of what it rests on, so that it can be repeated from there.
 * Plain JSON, stored with the document and shown.
 */
export type EvidencedPdfVerdict = PdfVerdict &
  Required<Pick<EvidencedVerdict, 'anchors' | 'evidence'>> & { readonly state: SignatureState }

export interface PdfCheck {
  readonly verdict: EvidencedPdfVerdict
  /** What the verdict rests on (V47). */
  readonly evidence: readonly NewEvidence[]
  /** The signed receipt of a hub that lies in an unsigned PDF: it is a printed receipt, and its evidence is in there. */
  readonly receipt?: Uint8Array
}

/** What a thread is asked. */
export interface PdfTask {
  readonly file: DocumentFile
  readonly trust: SharedTrust
  readonly at: Date
  readonly timeFault?: string
}

/** Judges the signatures of PDFs in threads, off the event loop. */
export interface PdfChecker {
  /**
   * A file that takes too long is INDETERMINATE, `PDF_NOT_FINISHED`.
   *
   * @throws Error when the file cannot be read, or its thread died: that says nothing about the file
   */
  check(file: DocumentFile, question: PdfQuestion): Promise<PdfCheck>
  /** Finishes what is in hand. */
  close(): Promise<void>
}

export interface PdfCheckerOptions {
  readonly threads: number
  /** Module with `checkPdf`. */
  readonly worker: URL
  /** A file that takes longer, waiting included, is given up, its thread with it (V59: it always ends). */
  readonly longestMs: number
}

/** A verdict that rests on no evidence. */
function checkOf(verdict: PdfVerdict): PdfCheck {
  return {
    verdict: { ...verdict, state: verificationCodes[verdict.code].state, anchors: [], evidence: [] },
    evidence: [],
  }
}

const productWorker = new URL('./check-worker.ts', import.meta.url)
const threadIdleMs = 60_000
const maxWaiting = 1_000

export function createPdfChecker(options: Partial<PdfCheckerOptions> = {}): PdfChecker {
  const { threads = 1, worker = productWorker, longestMs = 120_000 } = options
  let pool: Piscina | undefined

  function open(): Piscina {
    if (pool) return pool
    const opened = new Piscina({
      filename: worker.href,
      name: 'checkPdf',
      minThreads: 0,
      maxThreads: threads,
      idleTimeout: threadIdleMs,
      maxQueue: maxWaiting,
    })
    // A thread that ends without a file harms nobody: the next file gets another one.
    opened.on('error', () => undefined)
    pool = opened
    return opened
  }

  return {
    check: async (file, question) => {
      const { trust, ...asked } = question
      const task: PdfTask = { file, trust: shareTrust(trust), ...asked }
      const signal = AbortSignal.timeout(longestMs)
      try {
        return await open().run(task, { signal })
      } catch (error) {
        if (!signal.aborted) throw error
        return checkOf(unfinishedPdf({ ...question, profile: 'vn-issued' }, longestMs))
      }
    },
    close: async () => {
      await pool?.close()
    },
  }
}

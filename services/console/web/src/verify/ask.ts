import type { Bilingual } from '../language.tsx'
import { words } from '../words.ts'
import type { Answer } from './answer.ts'
import { type FileKind, fileKind } from './file-kind.ts'

/** Why there is no answer, in words for the person at the page. */
export class NoAnswer extends Error {
  readonly text: Bilingual

  constructor(text: Bilingual) {
    super(text.en)
    this.name = 'NoAnswer'
    this.text = text
  }
}

const contentTypes: Readonly<Record<FileKind, string>> = {
  certificate: 'application/octet-stream',
  envelope: 'application/xml',
  pdf: 'application/pdf',
  receipt: 'application/xml',
}

/** @throws NoAnswer */
export async function askVerdict(file: File, signal: AbortSignal): Promise<Answer> {
  const kind = await fileKind(file)
  if (!kind) throw new NoAnswer(words.unreadable)
  const headers = { 'content-type': contentTypes[kind] }
  const answer = await ask(kind, { method: 'POST', headers, body: file, signal })
  // A printed receipt carries no signature of its own: what counts is the one that lies inside.
  return answer.kind === 'pdf' && answer.receipt ? answer.receipt : answer
}

/** What the QR code of a printed receipt carries behind `#`. */
export interface NamedReceipt {
  readonly id: string
  readonly sha256: string
}

export function receiptNamedIn(fragment: string): NamedReceipt | undefined {
  const [, id, sha256] = /^#receipt=([0-9a-f]{24})\.([0-9a-f]{64})$/.exec(fragment) ?? []
  return id === undefined || sha256 === undefined ? undefined : { id, sha256 }
}

/** @throws NoAnswer, also where this hub issued no such receipt */
export async function askReceipt({ id, sha256 }: NamedReceipt, signal: AbortSignal): Promise<Answer> {
  return ask(`receipt/${id}?sha256=${sha256}`, { signal })
}

const refusals: Readonly<Record<number, Bilingual>> = {
  400: words.unreadable,
  401: words.notHere,
  404: words.noSuchReceipt,
  413: words.tooLarge,
  429: words.tooMany,
}

async function ask(what: string, request: RequestInit & { readonly signal: AbortSignal }): Promise<Answer> {
  const response = await send(what, request)
  if (response.ok) return (await response.json()) as Answer
  throw new NoAnswer(refusals[response.status] ?? words.tryLater)
}

async function send(what: string, request: RequestInit & { readonly signal: AbortSignal }): Promise<Response> {
  try {
    return await fetch(`/api/v1/verify/${what}`, request)
  } catch (error) {
    if (request.signal.aborted) throw error
    throw new NoAnswer(words.unreachable)
  }
}

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
}

/** @throws NoAnswer */
export async function askVerdict(file: File, signal: AbortSignal): Promise<Answer> {
  const kind = await fileKind(file)
  if (!kind) throw new NoAnswer(words.unreadable)
  const response = await send(kind, file, signal)
  if (response.ok) return (await response.json()) as Answer
  throw new NoAnswer(refusals[response.status] ?? words.tryLater)
}

const refusals: Readonly<Record<number, Bilingual>> = {
  400: words.unreadable,
  401: words.notHere,
  413: words.tooLarge,
  429: words.tooMany,
}

async function send(kind: FileKind, file: File, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(`/api/v1/verify/${kind}`, {
      method: 'POST',
      headers: { 'content-type': contentTypes[kind] },
      body: file,
      signal,
    })
  } catch (error) {
    if (signal.aborted) throw error
    throw new NoAnswer(words.unreachable)
  }
}

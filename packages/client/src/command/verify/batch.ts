import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { VerdictWord } from '@docaxis/errors'
import type { Context } from '../context.ts'
import { momentOf } from './moment.ts'

/** What is said of one line; kinds of batches add members of their own. */
export interface BatchOutcome {
  readonly verdict: VerdictWord
  readonly codes: readonly string[]
}

export type BatchAnswer<T extends BatchOutcome> = T & {
  /** As in the line; absent when it could not be read. */
  readonly id?: string | number
}

/** The members of a line as they stand there. */
export type Fields = Readonly<Record<string, unknown>>

/** One kind of manifest: what its lines ask, and how that is answered. */
export interface LineKind<R, T extends BatchOutcome> {
  /** Undefined when the line does not ask what it should. */
  readonly read: (fields: Fields, place: (name: string) => string) => R | undefined
  /** @throws a file error when a file of the line cannot be read */
  readonly judge: (request: R) => Promise<T>
  /** The answer to a line that cannot be judged. */
  readonly refused: (code: string, request?: R) => T
}

/** Answers a manifest in the order of its lines, each as soon as it is there. */
export async function answerBatch<R, T extends BatchOutcome>(
  context: Context,
  name: string,
  kind: LineKind<R, T>,
): Promise<void> {
  const manifest = context.file(name)
  const place = placeIn(context, dirname(manifest))
  await using handle = await open(manifest)
  for await (const line of handle.readLines({ encoding: 'utf8' })) {
    const text = line.replace(/^\ufeff/, '')
    if (text.trim() !== '') context.record(await answerLine(text, kind, place))
  }
}

/** A file named in the manifest, against the folder the user stands in; where it is not there, against the manifest's. */
function placeIn(context: Context, manifestFolder: string): (name: string) => string {
  return name => {
    const path = context.file(name)
    return existsSync(path) ? path : resolve(manifestFolder, name)
  }
}

/** Never throws: whatever goes wrong is an answer that is not VALID. */
async function answerLine<R, T extends BatchOutcome>(
  line: string,
  kind: LineKind<R, T>,
  place: (name: string) => string,
): Promise<BatchAnswer<T>> {
  const fields = fieldsOf(line)
  const id = fields ? idIn(fields.id) : guessedId(line)
  const request = fields && kind.read(fields, place)
  if (id === undefined || !request) return { ...(id !== undefined && { id }), ...kind.refused('REQUEST_INVALID') }
  try {
    return { id, ...(await kind.judge(request)) }
  } catch (error) {
    const isOfFile = error instanceof Error && 'code' in error
    return { id, ...kind.refused(isOfFile ? 'FILE_UNREADABLE' : 'INTERNAL', request) }
  }
}

function fieldsOf(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isFields(value) ? value : undefined
  } catch {
    return undefined
  }
}

const idIn = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? value : undefined)

/** The id of a line that is no JSON, where it can be made out. */
function guessedId(line: string): string | number | undefined {
  const [, written] = /"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d+)/.exec(line) ?? []
  try {
    return written === undefined ? undefined : (JSON.parse(written) as string | number)
  } catch {
    return undefined
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null

/** What is neither absent nor as it should be. */
export const broken = Symbol('broken')

/** Names of files; none named is the same as the field left out. */
export function namesIn(value: unknown): readonly string[] | undefined | typeof broken {
  if (isAbsent(value)) return undefined
  if (!Array.isArray(value) || !value.every(isName)) return broken
  return value.length === 0 ? undefined : value
}

export function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** The judged time of a line. */
export function momentIn(value: unknown): Date | undefined | typeof broken {
  if (isAbsent(value)) return undefined
  return (typeof value === 'string' ? momentOf(value) : undefined) ?? broken
}

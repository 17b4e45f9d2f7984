import type { PdfFile } from '../reader/file.ts'
import { isKind, type PdfDict, type PdfValue, type Span } from '../reader/values.ts'
import type { Pair, Resolved, Walk } from './walk.ts'

const pieceBytes = 256 * 1024

/** What may not change: equal by content, whatever objects it is written in. */
export async function compareFixed(walk: Walk, pair: Resolved): Promise<void> {
  const { old, now, path, kind } = pair
  if (isKind(old, 'array') && isKind(now, 'array') && old.items.length === now.items.length) {
    for (const [index, item] of old.items.entries()) {
      walk.push({ ...below(pair, `${index}`), before: item, after: now.items[index] ?? null })
    }
    return
  }
  if (isKind(old, 'dict') && isKind(now, 'dict')) return pushEntries(walk, pair, old, now)
  if (isKind(old, 'stream') && isKind(now, 'stream')) {
    if (await haveSameBytes(walk.file, old.data, now.data)) return pushEntries(walk, pair, old.dict, now.dict)
    return walk.tell(kind, false, path, 'content of a stream replaced')
  }
  if (!isSameScalar(old, now)) walk.tell(kind, false, path, `${shown(old)} became ${shown(now)}`)
}

function pushEntries(walk: Walk, pair: Resolved, old: PdfDict, now: PdfDict): void {
  for (const key of new Set([...old.entries.keys(), ...now.entries.keys()])) {
    walk.push({
      ...below(pair, key),
      before: old.entries.get(key) ?? null,
      after: now.entries.get(key) ?? null,
    })
  }
}

export function below({ place, kind, path, field }: Pair, name: string): Omit<Pair, 'before' | 'after'> {
  return { place, kind, path: path === '' ? name : `${path}/${name}`, ...(field !== undefined && { field }) }
}

export function isSameScalar(old: PdfValue, now: PdfValue): boolean {
  if (isKind(old, 'name') && isKind(now, 'name')) return old.name === now.name
  if (isKind(old, 'string') && isKind(now, 'string')) return old.bytes.equals(now.bytes)
  return typeof old !== 'object' || old === null ? old === now : false
}

/** What a value is, without its content. */
function shown(value: PdfValue): string {
  if (value === null) return 'nothing'
  if (typeof value !== 'object') return String(value)
  return isKind(value, 'name') ? `/${value.name.slice(0, 40)}` : `a ${value.kind}`
}

async function haveSameBytes(file: PdfFile, one: Span, other: Span): Promise<boolean> {
  const size = one.end - one.start
  if (one.start === other.start && one.end === other.end) return true
  if (size !== other.end - other.start) return false
  for (let at = 0; at < size; at += pieceBytes) {
    const length = Math.min(pieceBytes, size - at)
    file.budget.spend(length)
    const [left, right] = await Promise.all([file.read(one.start + at, length), file.read(other.start + at, length)])
    if (!left.equals(right)) return false
  }
  return true
}

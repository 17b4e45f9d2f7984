import type { View } from '../reader/document.ts'
import type { PdfFile } from '../reader/file.ts'
import { limits, PdfFault } from '../reader/limits.ts'
import { isKind, nameOf, type PdfDict, type PdfValue } from '../reader/values.ts'
import type { Change, ChangeKind, Permissions } from './types.ts'

/**
 * Part of the document, by what may change in it: `fixed` not at all, `noted` and `filled` in any way that
 * is told.
 */
export type Place =
  | 'trailer'
  | 'catalog'
  | 'pages'
  | 'page'
  | 'annotations'
  | 'form'
  | 'form-resources'
  | 'fields'
  | 'field'
  | 'kids'
  | 'filled'
  | 'fixed'
  | 'noted'

/** One pair of values to compare: before and after the revision. */
export interface Pair {
  readonly place: Place
  /** What a change of something `fixed` is called. */
  readonly kind: ChangeKind
  readonly path: string
  readonly before: PdfValue
  readonly after: PdfValue
  /** The page, for its annotations. */
  readonly page?: PdfDict
  /** Full name of the field, for what is filled in. */
  readonly field?: string
}

/** A pair with its references followed. */
export interface Resolved extends Pair {
  readonly old: PdfValue
  readonly now: PdfValue
}

export interface Walk {
  readonly file: PdfFile
  readonly before: View
  readonly after: View
  readonly permissions: Permissions
  readonly changes: Change[]
  /** Objects that appearances of fields were written in before, and are no longer. */
  readonly replaced: Set<number>
  /** What is told once only, and was. */
  readonly told: Set<string>
  push(pair: Pair): void
  tell(kind: ChangeKind, allowed: boolean, path: string, detail: string): void
}

export type Rules = Readonly<Record<Place, (walk: Walk, pair: Resolved) => Promise<void> | void>>

/**
 * Compares two states of the document from the trailer on. Every way to an object is judged by its own rules, so that an
 * object changed where it may be is found out where it is used as well.
 */
export async function compareViews(
  views: Pick<Walk, 'file' | 'before' | 'after' | 'permissions'>,
  rules: Rules,
): Promise<readonly Change[]> {
  const todo: Pair[] = []
  const seen = new Set<string>()
  const changes: Change[] = []
  const replaced = new Set<number>()
  const fixed = new Map<number, string>()
  const walk: Walk = {
    ...views,
    changes,
    replaced,
    told: new Set(),
    push: pair => {
      // Scalars that are equal need no place in the queue.
      if (typeof pair.before !== 'object' && pair.before === pair.after) return
      todo.push(pair)
    },
    tell: (kind, allowed, path, detail) => {
      if (changes.length >= limits.changes) throw new PdfFault(`more than ${limits.changes} changes in one revision`)
      changes.push({ kind, allowed, path, revision: views.after.revision, detail })
    },
  }
  const { before, after, file } = views
  walk.push({ place: 'trailer', kind: 'trailer', path: '', before: before.trailer, after: after.trailer })
  for (let pair = todo.pop(); pair; pair = todo.pop()) {
    file.budget.spend(32)
    if (isKind(pair.before, 'ref') || isKind(pair.after, 'ref')) {
      const key = `${pair.place} ${pair.kind} ${identity(pair.before)} ${identity(pair.after)}`
      if (isKind(pair.before, 'ref') && isKind(pair.after, 'ref')) {
        if (seen.has(key)) continue
        seen.add(key)
      }
    }
    if (pair.place === 'fixed' && isKind(pair.before, 'ref')) fixed.set(pair.before.number, pair.path)
    const old = await before.resolve(pair.before)
    const now = await after.resolve(pair.after)
    const place = placeOf(pair.place, old, now)
    await rules[place](walk, { ...pair, place, old, now })
  }
  for (const number of replaced) {
    const path = fixed.get(number)
    if (path !== undefined)
      walk.tell('hidden-object', false, path, `appearance replaced that object ${number} gives elsewhere too`)
  }
  return changes
}

function identity(value: PdfValue): string {
  return isKind(value, 'ref') ? `${value.number} ${value.generation}` : '-'
}

/** Pages and fields are reached in many ways, and are what they are in all of them. */
function placeOf(place: Place, old: PdfValue, now: PdfValue): Place {
  if (place !== 'fixed' || !isKind(old, 'dict') || !isKind(now, 'dict')) return place
  const [type, subtype] = [nameOf(old.entries.get('Type')), nameOf(old.entries.get('Subtype'))]
  if (type !== nameOf(now.entries.get('Type')) || subtype !== nameOf(now.entries.get('Subtype'))) return place
  if (type === 'Page') return 'page'
  if (type === 'Pages') return 'pages'
  if (type === 'Catalog') return 'catalog'
  return subtype === 'Widget' ? 'field' : place
}

/** Whether two references name one object. */
export function isSameRef(one: PdfValue | undefined, other: PdfValue | undefined): boolean {
  return (
    isKind(one, 'ref') && isKind(other, 'ref') && one.number === other.number && one.generation === other.generation
  )
}

import { entriesOf, isKind, type PdfValue } from '../reader/values.ts'
import { below, compareFixed } from './fixed.ts'
import { isPermitted } from './permitted.ts'
import type { ChangeKind } from './types.ts'
import type { Place, Resolved, Walk } from './walk.ts'

/** Of a trailer: what says where objects are, not what they are (ISO 32000-2 sections 7.5.5 and 7.5.8.2). */
const bookkeeping = new Set(['Size', 'Prev', 'XRefStm', 'ID', 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms'])

export function compareTrailer(walk: Walk, pair: Resolved): void {
  forEachEntry(pair, (key, before, after) => {
    if (bookkeeping.has(key)) return
    if (key === 'Root') return walk.push({ place: 'catalog', kind: 'catalog', path: key, before, after })
    if (key === 'Info') return tellIfChanged(walk, 'metadata', key, before, after)
    // A writer of updates need not repeat what it does not know.
    if (after !== null) walk.push({ place: 'fixed', kind: 'trailer', path: key, before, after })
  })
}

const catalogPlaces: Readonly<Record<string, readonly [Place, ChangeKind]>> = {
  Pages: ['pages', 'page-tree'],
  AcroForm: ['form', 'form-structure'],
  OpenAction: ['fixed', 'active-content'],
  AA: ['fixed', 'active-content'],
  Names: ['fixed', 'active-content'],
  OCProperties: ['fixed', 'optional-content'],
}
/** Nothing of these is shown on a page. */
const catalogNotes: Readonly<Record<string, ChangeKind>> = {
  DSS: 'dss',
  Metadata: 'metadata',
  Extensions: 'extensions',
  Version: 'extensions',
}

export function compareCatalog(walk: Walk, pair: Resolved): void {
  if (!isKind(pair.old, 'dict') || !isKind(pair.now, 'dict')) {
    walk.tell('catalog', false, pair.path, 'replaced')
    return
  }
  forEachEntry(pair, (key, before, after) => {
    const { path } = below(pair, key)
    const note = catalogNotes[key]
    if (note) return tellIfChanged(walk, note, path, before, after)
    const [place, kind] = catalogPlaces[key] ?? (['fixed', 'catalog'] as const)
    walk.push({ place, kind, path, before, after })
  })
}

/** A node of the page tree: pages neither come, go nor change places. */
export async function comparePages(walk: Walk, pair: Resolved): Promise<void> {
  await compareFixed(walk, { ...pair, place: 'fixed', kind: 'page-tree' })
}

const pageKinds: Readonly<Record<string, ChangeKind>> = { Resources: 'page-resources', AA: 'active-content' }
/** Of a page: dates and private data of programs, and the order of tabulators. */
const pageNotes = new Set(['LastModified', 'PieceInfo', 'Tabs'])

export function comparePage(walk: Walk, pair: Resolved): void {
  if (!isKind(pair.old, 'dict') || !isKind(pair.now, 'dict')) {
    walk.tell('page-tree', false, pair.path, 'replaced')
    return
  }
  const page = pair.now
  forEachEntry(pair, (key, before, after) => {
    const { path } = below(pair, key)
    if (pageNotes.has(key)) return
    if (key === 'Annots') return walk.push({ place: 'annotations', kind: 'annotation', path, before, after, page })
    walk.push({ place: 'fixed', kind: pageKinds[key] ?? 'page-content', path, before, after })
  })
}

export function forEachEntry(
  { old, now }: Pick<Resolved, 'old' | 'now'>,
  visit: (key: string, before: PdfValue, after: PdfValue) => void,
): void {
  const [olds, nows] = [entriesOf(old), entriesOf(now)]
  for (const key of new Set([...olds.keys(), ...nows.keys()])) visit(key, olds.get(key) ?? null, nows.get(key) ?? null)
}

/** Tells of it unless it is the same object, untouched. What hangs below it may change with it. */
function tellIfChanged(walk: Walk, kind: ChangeKind, path: string, before: PdfValue, after: PdfValue): void {
  walk.push({ place: 'noted', kind, path, before, after })
}

/** Compared like what is fixed, told as what it is: the first difference is enough. */
export async function compareNoted(walk: Walk, pair: Resolved): Promise<void> {
  const { kind, path } = pair
  if (walk.told.has(kind)) return
  const tell: Walk['tell'] = (_kind, _allowed, _path, detail) => {
    if (!walk.told.has(kind)) walk.tell(kind, isPermitted(walk.permissions, kind), path, detail)
    walk.told.add(kind)
  }
  await compareFixed({ ...walk, tell }, pair)
}

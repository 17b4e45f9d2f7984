import type { PdfDocument } from '../reader/document.ts'
import type { XrefEntry } from '../reader/xref-section.ts'
import type { Change } from './types.ts'

/**
 * A revision holds its own objects and nothing else: one that points back to bytes of an earlier revision brings out what
 * lay hidden there, and bytes between its objects wait for a reader that looks for them.
 */
export async function strayChanges(document: PdfDocument, index: number): Promise<readonly Change[]> {
  const revision = document.revisions[index]
  if (!revision) return []
  const changes: Change[] = []
  const tell = (detail: string) => {
    changes.push({ kind: 'hidden-object', allowed: false, path: '', revision: index, detail })
  }
  const before = document.view(index - 1)
  const view = document.view(index)
  const spans: { start: number; end: number }[] = []
  for (const { entries, offset, end } of revision.sections) {
    spans.push({ start: offset, end })
    for (const [number, entry] of entries) {
      if (entry.kind !== 'at' || isSameEntry(entry, before.entry(number))) continue
      const isOwn = entry.offset >= revision.start && entry.offset < revision.end
      if (!isOwn) tell(`object ${number} is taken from ${entry.offset}, where another revision is`)
      // A cross-reference stream may list itself.
      else if (entry.offset !== offset) spans.push((await view.object(number))?.span ?? { start: 0, end: 0 })
    }
  }
  spans.sort((one, other) => one.start - other.start)
  let at = revision.start
  for (const { start, end } of spans) {
    if (start < at && end > at) tell(`objects overlap at ${start}`)
    if (start > at && (await hasContent(document, at, start))) tell(`bytes ${at} to ${start} belong to no object`)
    at = Math.max(at, end)
  }
  return changes
}

function isSameEntry(one: XrefEntry, other: XrefEntry | undefined): boolean {
  return other?.kind === 'at' && one.kind === 'at' && one.offset === other.offset && one.generation === other.generation
}

/** More than white space and comments. */
async function hasContent({ file }: PdfDocument, start: number, end: number): Promise<boolean> {
  if (end - start > 64 * 1024) return true
  const bytes = await file.read(start, end - start)
  return (
    bytes
      .toString('latin1')
      .replace(/%[^\r\n]*/g, '')
      .replace(/[\s\0]/g, '') !== ''
  )
}

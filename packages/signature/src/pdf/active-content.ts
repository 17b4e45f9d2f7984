import type { PdfDocument } from './reader/document.ts'
import { PdfFault } from './reader/limits.ts'
import { entriesOf, isKind, nameOf, type PdfValue } from './reader/values.ts'

/** Actions that do something outside the page (ISO 32000-2 section 12.6.4). */
const actions = new Set([
  'JavaScript',
  'Launch',
  'GoToR',
  'GoToE',
  'ImportData',
  'SubmitForm',
  'Rendition',
  'RichMediaExecute',
  'Movie',
  'Sound',
])

/**
 * What the document can do beside being shown, each kind named once (V60). A stream whose bytes are in another file is
 * refused: nobody signed them.
 *
 * @throws PdfFault
 */
export async function activeContent(document: PdfDocument): Promise<readonly string[]> {
  const view = document.view(document.revisions.length - 1)
  const found = new Set<string>()
  const seen = new Set<number>()
  const todo: PdfValue[] = [view.trailer.entries.get('Root') ?? null]
  for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
    if (isKind(value, 'ref')) {
      if (seen.has(value.number)) continue
      seen.add(value.number)
      value = await view.resolve(value)
    }
    document.file.budget.spend(8)
    if (isKind(value, 'array')) {
      for (const item of value.items) if (isCompound(item)) todo.push(item)
    }
    const entries = entriesOf(value)
    if (entries.size === 0) continue
    if (isKind(value, 'stream') && entries.has('F')) throw new PdfFault('stream kept in another file', 'V60')
    for (const word of wordsOf(entries)) found.add(word)
    for (const entry of entries.values()) if (isCompound(entry)) todo.push(entry)
  }
  return [...found].sort()
}

const isCompound = (value: PdfValue) => isKind(value, 'ref') || isKind(value, 'array') || isKind(value, 'dict')

function wordsOf(entries: ReadonlyMap<string, PdfValue>): string[] {
  const words: string[] = []
  const action = nameOf(entries.get('S'))
  if (action !== undefined && actions.has(action)) words.push(action)
  if (entries.has('JS')) words.push('JavaScript')
  if (entries.has('EF')) words.push('EmbeddedFile')
  if (entries.has('XFA')) words.push('XFA')
  if (nameOf(entries.get('Subtype')) === 'RichMedia') words.push('RichMedia')
  return words
}

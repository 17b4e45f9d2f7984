import type { View } from './document.ts'
import { entriesOf, isKind, nameOf, type PdfDict, type PdfValue, textOf } from './values.ts'

const maxDepth = 32

/** A value that fields below inherit, such as FT (ISO 32000-2 section 12.7.4.1). */
export async function inherited(view: View, field: PdfDict, key: string): Promise<PdfValue> {
  let at: PdfValue = field
  for (let depth = 0; depth < maxDepth && isKind(at, 'dict'); depth += 1) {
    const found = await view.resolve(at.entries.get(key))
    if (found !== null) return found
    at = await view.resolve(at.entries.get('Parent'))
  }
  return null
}

export async function isSignatureField(view: View, field: PdfDict): Promise<boolean> {
  return nameOf(await inherited(view, field, 'FT')) === 'Sig'
}

/** Full name of a field: the names down to it, with dots between (ISO 32000-2 section 12.7.4.2). */
export async function fullNameOf(view: View, field: PdfDict): Promise<string> {
  const names: string[] = []
  let at: PdfValue = field
  for (let depth = 0; depth < maxDepth && isKind(at, 'dict'); depth += 1) {
    const name = textOf(await view.resolve(at.entries.get('T')))
    if (name !== undefined) names.unshift(name)
    at = await view.resolve(at.entries.get('Parent'))
  }
  return names.join('.')
}

/** Four numbers of a rectangle, the lower left corner first; undefined for anything else. */
export async function rectangleOf(view: View, value: PdfValue | undefined): Promise<Rectangle | undefined> {
  const array = await view.resolve(value)
  if (!isKind(array, 'array') || array.items.length !== 4) return undefined
  const numbers = await Promise.all(array.items.map(item => view.resolve(item)))
  const [a, b, c, d] = numbers
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return undefined
  return { left: Math.min(a, c), bottom: Math.min(b, d), right: Math.max(a, c), top: Math.max(b, d) }
}

export interface Rectangle {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
}

export function areaOf({ left, bottom, right, top }: Rectangle): number {
  return (right - left) * (top - bottom)
}

export function hasAppearance(widget: PdfDict): boolean {
  return widget.entries.has('AP')
}

/** MediaBox of a page, which it may inherit. */
export async function mediaBoxOf(view: View, page: PdfDict): Promise<Rectangle | undefined> {
  return rectangleOf(view, await inherited(view, page, 'MediaBox'))
}

/** A field of the form with the way to it. */
export interface FormField {
  readonly dict: PdfDict
  /** Object number, unless the field is written inside its parent. */
  readonly object?: number
}

/** Fields of the form that have no fields below them; their widgets may be Kids (ISO 32000-2 section 12.7.4). */
export async function formFields(view: View): Promise<readonly FormField[]> {
  const catalog = await view.resolve(view.trailer.entries.get('Root'))
  const form = await view.resolve(entriesOf(catalog).get('AcroForm'))
  const fields: FormField[] = []
  const seen = new Set<number>()
  const todo = [await view.resolve(entriesOf(form).get('Fields'))]
  for (let list = todo.pop(); list !== undefined; list = todo.pop()) {
    if (!isKind(list, 'array')) continue
    for (const item of list.items) {
      const object = isKind(item, 'ref') ? item.number : undefined
      if (object !== undefined && seen.has(object)) continue
      if (object !== undefined) seen.add(object)
      const dict = await view.resolve(item)
      if (!isKind(dict, 'dict')) continue
      fields.push({ dict, ...(object !== undefined && { object }) })
      todo.push(await view.resolve(dict.entries.get('Kids')))
    }
  }
  return fields
}

import type { View } from '../reader/document.ts'
import { areaOf, type FormField, mediaBoxOf, rectangleOf } from '../reader/fields.ts'
import { entriesOf, isKind, nameOf, type PdfDict, type PdfValue } from '../reader/values.ts'
import type { PdfPlace } from '../verdict.ts'

/** Where a signature shows, and whether it shows an image (a seal) and not words alone. */
export interface Appearance extends PdfPlace {
  readonly hasImage: boolean
}

const maxPages = 2_000

/** Undefined for a signature that does not show. */
export async function appearanceOf(view: View, { dict, object }: FormField): Promise<Appearance | undefined> {
  const kids = await view.resolve(dict.entries.get('Kids'))
  const kid = isKind(kids, 'array') ? kids.items[0] : undefined
  const widget = kid === undefined ? dict : await view.resolve(kid)
  const widgetObject = isKind(kid, 'ref') ? kid.number : object
  if (!isKind(widget, 'dict')) return undefined
  const rectangle = await rectangleOf(view, widget.entries.get('Rect'))
  if (!rectangle || areaOf(rectangle) === 0) return undefined
  const found = await findPage(view, widget, widgetObject)
  const box = found && (await mediaBoxOf(view, found.page))
  if (!found || !box) return undefined
  const isRight = rectangle.left + rectangle.right >= box.left + box.right
  const isTop = rectangle.bottom + rectangle.top >= box.bottom + box.top
  const corner = `${isTop ? 'top' : 'bottom'}-${isRight ? 'right' : 'left'}` as const
  return { page: found.number, corner, hasImage: await showsImage(view, widget) }
}

/** The page that P names, or whose Annots list the widget; counted in the order of the page tree. */
async function findPage(
  view: View,
  widget: PdfDict,
  object: number | undefined,
): Promise<{ page: PdfDict; number: number } | undefined> {
  const named = await view.resolve(widget.entries.get('P'))
  const catalog = entriesOf(await view.resolve(view.trailer.entries.get('Root')))
  const todo: PdfValue[] = [catalog.get('Pages') ?? null]
  const seen = new Set<PdfValue>()
  for (let number = 0; todo.length > 0 && number < maxPages; ) {
    const node = await view.resolve(todo.pop())
    if (!isKind(node, 'dict') || seen.has(node)) continue
    seen.add(node)
    const kids = await view.resolve(node.entries.get('Kids'))
    if (isKind(kids, 'array')) {
      for (const kid of kids.items.toReversed()) todo.push(kid)
      continue
    }
    number += 1
    if (node === named || (await lists(view, node, object))) return { page: node, number }
  }
  return undefined
}

async function lists(view: View, page: PdfDict, object: number | undefined): Promise<boolean> {
  const annotations = await view.resolve(page.entries.get('Annots'))
  if (object === undefined || !isKind(annotations, 'array')) return false
  return annotations.items.some(item => isKind(item, 'ref') && item.number === object)
}

/** Whether the normal appearance, or a form inside it, draws an image. */
async function showsImage(view: View, widget: PdfDict): Promise<boolean> {
  const appearance = entriesOf(await view.resolve(widget.entries.get('AP')))
  const todo: PdfValue[] = [appearance.get('N') ?? null]
  for (let steps = 0; todo.length > 0 && steps < 64; steps += 1) {
    const form = entriesOf(await view.resolve(todo.pop()))
    if (nameOf(form.get('Subtype')) === 'Image') return true
    const resources = entriesOf(await view.resolve(form.get('Resources')))
    for (const object of entriesOf(await view.resolve(resources.get('XObject'))).values()) todo.push(object)
  }
  return false
}

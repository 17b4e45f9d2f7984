import {
  areaOf,
  formFields,
  hasAppearance,
  inherited,
  isSignatureField,
  mediaBoxOf,
  rectangleOf,
} from '../reader/fields.ts'
import { isKind, nameOf, type PdfDict, type PdfValue } from '../reader/values.ts'
import { below } from './fixed.ts'
import { isPermitted } from './permitted.ts'
import { isSameRef, type Resolved, type Walk } from './walk.ts'

/** Of its page: a new signature's image, however large a seal is. */
const maxSignatureShare = 0.5
/** Number and date stand at the top of page 1 (Decree 30/2020, annex I): in its upper half, a line or two high. */
const maxNoteHeight = 60
const maxNoteShare = 0.08
const noteSubtypes = new Set(['FreeText', 'Stamp'])
const noteKeys = new Set([
  ...['Type', 'Subtype', 'Rect', 'Contents', 'AP', 'P', 'F', 'M', 'NM', 'T', 'DA', 'DS', 'RC', 'Q', 'C', 'CA', 'IT'],
  ...['BS', 'Border', 'CreationDate', 'Subj', 'Name', 'RD', 'StructParent'],
])

/** Annotations of a page: those that were there stay, in their order; what is added lies on top of the page. */
export async function compareAnnotations(walk: Walk, pair: Resolved): Promise<void> {
  const [olds, nows] = [itemsOf(pair.old), itemsOf(pair.now)]
  for (const [index, before] of olds.entries()) {
    const after = nows[index] ?? null
    const { path } = below(pair, `${index}`)
    if (isKind(before, 'ref') && !isSameRef(before, after)) {
      walk.tell('annotation', false, path, 'annotation removed, replaced or put elsewhere')
      continue
    }
    walk.push({ place: 'fixed', kind: 'annotation', path, before, after })
  }
  for (const [index, item] of nows.entries()) {
    if (index >= olds.length) await checkNew(walk, pair, item, below(pair, `${index}`).path)
  }
}

const itemsOf = (value: PdfValue) => (isKind(value, 'array') ? value.items : [])

async function checkNew(walk: Walk, { page }: Resolved, item: PdfValue, path: string): Promise<void> {
  const annotation = await walk.after.resolve(item)
  if (!isKind(annotation, 'dict') || !page) return walk.tell('annotation', false, path, 'annotation added that is none')
  const subtype = nameOf(annotation.entries.get('Subtype')) ?? 'of no kind'
  if (subtype === 'Widget') return checkNewWidget(walk, item, annotation, page, path)
  const isNote = noteSubtypes.has(subtype) && (await isNumberOrDate(walk, annotation, page))
  if (isNote && isPermitted(walk.permissions, 'number-and-date')) {
    return walk.tell('number-and-date', true, path, `annotation ${subtype} at the top of page 1`)
  }
  walk.tell('annotation', false, path, `annotation ${subtype} added`)
}

/** That its field is a new one of the form is asked where fields are compared; here it is what covers the page. */
async function checkNewWidget(walk: Walk, item: PdfValue, widget: PdfDict, page: PdfDict, path: string): Promise<void> {
  const field = (await isSignatureField(walk.after, widget)) ? widget : await ownerOf(walk, item)
  if (!field) return walk.tell('form-structure', false, path, 'widget added that is of no signature')
  if (field !== widget) {
    // Its field names it, against ISO 32000-2 table 226 it does not name its field: readers may differ in whose it is.
    walk.tell('signature-field', isPermitted(walk.permissions, 'signature-field'), path, 'widget that names no field')
  }
  const share = await shareOf(walk, widget, page)
  if (share === 0 || !hasAppearance(widget)) return
  if ((await inherited(walk.after, field, 'V')) === null) {
    walk.tell('overlay', false, path, 'image of a signature that is not there')
  } else if (walk.permissions.certified !== undefined) {
    walk.tell('overlay', false, path, 'image put on a page of a certified document')
  } else if (share > maxSignatureShare) {
    walk.tell('overlay', false, path, `image covers ${Math.round(share * 100)}% of the page`)
  }
}

/** The signature field that names a widget which does not name its field. */
async function ownerOf({ after }: Walk, item: PdfValue): Promise<PdfDict | undefined> {
  for (const { dict } of await formFields(after)) {
    const kids = itemsOf(await after.resolve(dict.entries.get('Kids')))
    if (kids.some(kid => isSameRef(kid, item)) && (await isSignatureField(after, dict))) return dict
  }
  return undefined
}

/** Part of the page that an annotation covers. */
async function shareOf(walk: Walk, annotation: PdfDict, page: PdfDict): Promise<number> {
  const rectangle = await rectangleOf(walk.after, annotation.entries.get('Rect'))
  const box = await mediaBoxOf(walk.after, page)
  return rectangle && box && areaOf(box) > 0 ? areaOf(rectangle) / areaOf(box) : 0
}

async function isNumberOrDate(walk: Walk, annotation: PdfDict, page: PdfDict): Promise<boolean> {
  const rectangle = await rectangleOf(walk.after, annotation.entries.get('Rect'))
  const box = await mediaBoxOf(walk.after, page)
  if (!rectangle || !box || ![...annotation.entries.keys()].every(key => noteKeys.has(key))) return false
  const isAtTop = rectangle.bottom >= (box.bottom + box.top) / 2 && rectangle.top <= box.top
  const isSmall = rectangle.top - rectangle.bottom <= maxNoteHeight && areaOf(rectangle) <= areaOf(box) * maxNoteShare
  return isAtTop && isSmall && (await isFirstPage(walk, page))
}

async function isFirstPage(walk: Walk, page: PdfDict): Promise<boolean> {
  const { after } = walk
  const catalog = await after.resolve(after.trailer.entries.get('Root'))
  let node = isKind(catalog, 'dict') ? await after.resolve(catalog.entries.get('Pages')) : null
  for (let depth = 0; depth < 32 && isKind(node, 'dict'); depth += 1) {
    if (node === page) return true
    const kids = await after.resolve(node.entries.get('Kids'))
    node = await after.resolve(itemsOf(kids)[0])
  }
  return false
}

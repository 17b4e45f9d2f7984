import { fullNameOf, inherited, isSignatureField } from '../reader/fields.ts'
import { entriesOf, isKind, nameOf, type PdfDict, type PdfValue } from '../reader/values.ts'
import { forEachEntry } from './document-rules.ts'
import { below, compareFixed, isSameScalar } from './fixed.ts'
import { isPermitted } from './permitted.ts'
import { type ChangeKind, isLocked } from './types.ts'
import { isSameRef, type Resolved, type Walk } from './walk.ts'

/** AcroForm (ISO 32000-2 section 12.7.3). */
export function compareForm(walk: Walk, pair: Resolved): void {
  forEachEntry(pair, (key, before, after) => {
    const { path } = below(pair, key)
    if (key === 'SigFlags' || (pair.old === null && key === 'DA')) return
    if (key === 'Fields') return walk.push({ place: 'fields', kind: 'form-structure', path, before, after })
    if (key === 'DR') return walk.push({ place: 'form-resources', kind: 'form-structure', path, before, after })
    // Gone, it asks viewers for less; set, they draw fields anew.
    if (key === 'NeedAppearances' && after !== true) return
    const kind = key === 'XFA' ? 'active-content' : 'form-structure'
    walk.push({ place: 'fixed', kind, path, before, after })
  })
}

/** Default resources of appearances may grow; what was there stays. */
export function compareFormResources(walk: Walk, pair: Resolved): void {
  if (pair.old === null) return
  forEachEntry(pair, (key, before, after) => {
    if (before === null) return
    const { path } = below(pair, key)
    const isGroup = path.split('/').length === 4
    walk.push({ place: isGroup ? 'form-resources' : 'fixed', kind: 'form-structure', path, before, after })
  })
}

export async function compareFields(walk: Walk, pair: Resolved): Promise<void> {
  const [olds, nows] = [itemsOf(pair.old), itemsOf(pair.now)]
  const byKey = new Map(nows.map((item, index) => [keyOf(item, index), item]))
  for (const [index, before] of olds.entries()) {
    const { path } = below(pair, `${index}`)
    const key = keyOf(before, index)
    const after = byKey.get(key)
    byKey.delete(key)
    if (after === undefined) walk.tell('form-structure', false, path, 'field removed')
    else walk.push({ place: 'field', kind: 'form-structure', path, before, after })
  }
  for (const [key, item] of byKey) await checkNewField(walk, item, below(pair, key).path)
}

/** A field is known by its object; one that is written in the list, by its place. */
const keyOf = (item: PdfValue, index: number) =>
  isKind(item, 'ref') ? `${item.number} ${item.generation}` : `${index}`
const itemsOf = (value: PdfValue) => (isKind(value, 'array') ? value.items : [])

/** All that a new signature field and its widget may have: no action, nothing that runs. */
const newFieldKeys = new Set([
  ...['Type', 'Subtype', 'FT', 'T', 'TU', 'TM', 'F', 'Ff', 'Rect', 'P', 'AP', 'MK', 'V', 'Lock', 'SV', 'DA', 'DR'],
  ...['Border', 'BS', 'H', 'M', 'NM', 'Q', 'Kids', 'Parent', 'AS', 'StructParent', 'OC', 'Contents', 'C', 'CA'],
])

async function checkNewField(walk: Walk, item: PdfValue, path: string): Promise<void> {
  const field = await walk.after.resolve(item)
  if (!isKind(field, 'dict') || nameOf(await inherited(walk.after, field, 'FT')) !== 'Sig') {
    return walk.tell('form-structure', false, path, 'field added that is no signature field')
  }
  for (const part of [field, ...(await widgetsOf(walk, field))]) {
    const odd = [...part.entries.keys()].find(key => !newFieldKeys.has(key))
    if (odd !== undefined) walk.tell('active-content', false, path, `signature field added with ${odd}`)
  }
  const value = await walk.after.resolve(field.entries.get('V'))
  const name = await fullNameOf(walk.after, field)
  const kind = isKind(value, 'dict') ? signatureKind(value) : 'signature-field'
  walk.tell(kind, isPermitted(walk.permissions, kind), path, `field ${name} added`)
}

/** The widgets of a field: itself, or its Kids. */
async function widgetsOf(walk: Walk, field: PdfDict): Promise<readonly PdfDict[]> {
  const kids = itemsOf(await walk.after.resolve(field.entries.get('Kids')))
  const all = await Promise.all(kids.map(kid => walk.after.resolve(kid)))
  return all.filter(kid => isKind(kid, 'dict'))
}

const signatureKind = (value: PdfValue): ChangeKind =>
  nameOf(entriesOf(value).get('SubFilter')) === 'ETSI.RFC3161' ? 'document-timestamp' : 'signature'

/** What signing a field, and filling one, may change of it. */
const signingKeys = new Set(['V', 'AP', 'F', 'M', 'MK', 'DA', 'AS', 'DR', 'NM', 'Lock'])
const fillingKeys = new Set(['V', 'AP', 'AS', 'I', 'RV', 'M', 'MK', 'DA', 'DR'])

/** A field that was there before, or its widget. */
export async function compareField(walk: Walk, pair: Resolved): Promise<void> {
  const { old, now, path } = pair
  if (!isKind(old, 'dict') || !isKind(now, 'dict')) return walk.tell('form-structure', false, path, 'field replaced')
  const isSignature = await isSignatureField(walk.before, old)
  if (isSignature !== (await isSignatureField(walk.after, now))) {
    return walk.tell('form-structure', false, path, 'kind of a field changed')
  }
  const name = await fullNameOf(walk.before, old)
  const wasSigned = isSignature && (await inherited(walk.before, old, 'V')) !== null
  const value = isSignature ? await inherited(walk.after, now, 'V') : null
  const isSigning = isSignature && !wasSigned && value !== null
  const open = isSignature ? (isSigning ? signingKeys : none) : await keysOfFilling(walk, old, now)
  const filled = isSigning && isKind(value, 'dict') ? signatureKind(value) : 'form-filling'
  forEachEntry(pair, (key, before, after) => {
    const entry = below(pair, key).path
    if (key === 'P' || key === 'Parent') {
      return walk.push({ place: key === 'P' ? 'fixed' : 'field', kind: 'form-structure', path: entry, before, after })
    }
    if (key === 'Kids') return walk.push({ place: 'kids', kind: 'form-structure', path: entry, before, after })
    if (open.has(key)) {
      // A field that looked like something already and is given another look is more than signed.
      const kind = isSigning && key === 'AP' && before !== null ? 'form-filling' : filled
      return walk.push({ place: 'filled', kind, path: entry, before, after, field: name })
    }
    walk.push({ place: 'fixed', kind: fixedKind(key, wasSigned), path: entry, before, after })
  })
}

const none: ReadonlySet<string> = new Set()
const pushButton = 1 << 16

/** A button has no value, and a field whose value stays has no reason to look different: both would be overlays. */
async function keysOfFilling(walk: Walk, old: PdfDict, now: PdfDict): Promise<ReadonlySet<string>> {
  const [type, flags] = [await inherited(walk.before, old, 'FT'), await inherited(walk.before, old, 'Ff')]
  if (type === null || (nameOf(type) === 'Btn' && typeof flags === 'number' && (flags & pushButton) !== 0)) return none
  return (await isValueChanged(walk, old, now)) ? fillingKeys : none
}

async function isValueChanged(walk: Walk, old: PdfDict, now: PdfDict): Promise<boolean> {
  for (const key of ['V', 'AS', 'I']) {
    const [before, after] = [await inherited(walk.before, old, key), await inherited(walk.after, now, key)]
    const [olds, nows] = [
      isKind(before, 'array') ? before.items : [before],
      isKind(after, 'array') ? after.items : [after],
    ]
    if (olds.length !== nows.length || olds.some((item, index) => !isSameScalar(item, nows[index] ?? null))) return true
  }
  return false
}

function fixedKind(key: string, wasSigned: boolean): ChangeKind {
  if (key === 'A' || key === 'AA') return 'active-content'
  if (wasSigned && (key === 'V' || key === 'AP')) return 'signature-changed'
  return key === 'AP' ? 'overlay' : 'form-structure'
}

/** Fields or widgets below a field: the same ones in the same order. */
export function compareKids(walk: Walk, pair: Resolved): void {
  const [olds, nows] = [itemsOf(pair.old), itemsOf(pair.now)]
  if (olds.length !== nows.length) {
    walk.tell('form-structure', false, pair.path, 'fields below a field added or removed')
    return
  }
  for (const [index, before] of olds.entries()) {
    walk.push({ ...below(pair, `${index}`), place: 'field', before, after: nows[index] ?? null })
  }
}

/** What may be filled in: a difference is told once for each field. */
export async function compareFilled(walk: Walk, pair: Resolved): Promise<void> {
  const { kind, field = '' } = pair
  const isOfLock = kind !== 'document-timestamp' && isLocked(walk.permissions.locks, field)
  const told = isOfLock ? 'locked-field' : kind
  const detail = `field ${field} ${isOfLock ? 'is locked by a signature' : kind === 'form-filling' ? 'filled in' : 'signed'}`
  const key = `${told} ${detail}`
  const tell: Walk['tell'] = (_kind, _allowed, path) => {
    if (!walk.told.has(key)) walk.tell(told, !isOfLock && isPermitted(walk.permissions, told), path, detail)
    walk.told.add(key)
  }
  if (isAppearance.test(pair.path) && isKind(pair.before, 'ref') && !isSameRef(pair.before, pair.after)) {
    walk.replaced.add(pair.before.number)
  }
  if (!walk.told.has(key) || pair.path.endsWith('/AP')) await compareFixed({ ...walk, tell }, pair)
}

const isAppearance = /\/AP(?:\/[NRD])?$/

import type { FieldLock } from './changes/types.ts'
import type { View } from './reader/document.ts'
import {
  entriesOf,
  isInteger,
  isKind,
  nameOf,
  type PdfDict,
  type PdfValue,
  type Span,
  textOf,
} from './reader/values.ts'

/** A signature dictionary (ISO 32000-2 section 12.8.1), as far as it is judged. */
export interface SignatureDictionary {
  readonly dict: PdfDict
  /** Of its object, in the file. */
  readonly span: Span
  readonly subFilter?: string
  /** The numbers of ByteRange as written; empty when it is no array of numbers. */
  readonly byteRange: readonly number[]
  readonly contents: Buffer
  /** Of the string Contents with its brackets; empty where there is none. */
  readonly contentsSpan: Span
  /** The signer's own words: they prove nothing (V49). */
  readonly claims: {
    readonly name?: string
    readonly reason?: string
    readonly location?: string
    readonly at?: Date
  }
  /** P of DocMDP, where the signature certifies the document. */
  readonly certifies?: 1 | 2 | 3
  readonly locks: readonly FieldLock[]
}

export async function readSignatureDictionary(view: View, dict: PdfDict, span: Span): Promise<SignatureDictionary> {
  const { entries, spans } = dict
  const contents = entries.get('Contents')
  const range = entries.get('ByteRange')
  const claim = async (key: string) => textOf(await view.resolve(entries.get(key)))
  const transforms = await transformsOf(view, entries.get('Reference'))
  return {
    dict,
    span,
    subFilter: nameOf(await view.resolve(entries.get('SubFilter'))),
    byteRange: isKind(range, 'array') && range.items.every(isInteger) ? range.items : [],
    contents: isKind(contents, 'string') ? contents.bytes : Buffer.alloc(0),
    contentsSpan: spans.get('Contents') ?? { start: 0, end: 0 },
    claims: {
      name: await claim('Name'),
      reason: await claim('Reason'),
      location: await claim('Location'),
      at: dateOf(await claim('M')),
    },
    ...certifying(transforms),
    locks: transforms.filter(({ method }) => method === 'FieldMDP').map(({ parameters }) => lockOf(parameters)),
  }
}

interface Transform {
  readonly method?: string
  readonly parameters: ReadonlyMap<string, PdfValue>
}

async function transformsOf(view: View, reference: PdfValue | undefined): Promise<readonly Transform[]> {
  const array = await view.resolve(reference)
  if (!isKind(array, 'array')) return []
  return Promise.all(
    array.items.slice(0, 16).map(async item => {
      const entries = entriesOf(await view.resolve(item))
      return {
        method: nameOf(await view.resolve(entries.get('TransformMethod'))),
        parameters: await resolvedEntries(view, entriesOf(await view.resolve(entries.get('TransformParams')))),
      }
    }),
  )
}

/** With the arrays and names of a few entries in place of references. */
export async function resolvedEntries(
  view: View,
  entries: ReadonlyMap<string, PdfValue>,
): Promise<ReadonlyMap<string, PdfValue>> {
  const pairs = [...entries].filter(([key]) => ['Action', 'Fields', 'P'].includes(key))
  return new Map(await Promise.all(pairs.map(async ([key, value]) => [key, await view.resolve(value)] as const)))
}

/** P is 2 where it is not said (ISO 32000-2 table 257); what cannot be understood permits nothing. */
function certifying(transforms: readonly Transform[]): Pick<SignatureDictionary, 'certifies'> {
  const levels = transforms
    .filter(({ method }) => method === 'DocMDP')
    .map(({ parameters }) => levelOf(parameters.get('P')))
  return levels.length === 0 ? {} : { certifies: levels.includes(1) ? 1 : levels.includes(2) ? 2 : 3 }
}

function levelOf(value: PdfValue | undefined): 1 | 2 | 3 {
  if (value === undefined || value === null) return 2
  return value === 2 || value === 3 ? value : 1
}

/** FieldMDP parameters or a field's Lock (ISO 32000-2 tables 235 and 258). */
export function lockOf(parameters: ReadonlyMap<string, PdfValue>): FieldLock {
  const action = nameOf(parameters.get('Action'))
  const fields = parameters.get('Fields')
  const names = isKind(fields, 'array') ? fields.items.flatMap(item => textOf(item) ?? []) : []
  return action === 'Include' || action === 'Exclude' ? { action, fields: names } : { action: 'All', fields: [] }
}

/** `D:20300115120000+07'00'` (ISO 32000-2 section 7.9.4); undefined for what is no date with its zone. */
function dateOf(text: string | undefined): Date | undefined {
  const form = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-]\d{2})'?(\d{2})'?)?/
  const [, year, month, day, hour, minute, second, zone = '+00', zoneMinute = '00'] = form.exec(text ?? '') ?? []
  if (year === undefined) return undefined
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}:${zoneMinute}`)
  return Number.isNaN(at.getTime()) ? undefined : at
}

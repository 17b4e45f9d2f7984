import { type Agency, type AgencyKind, agencyKinds, type Level, levels } from '../agency.ts'
import { codeFault, maxCodeLength, normalizeCode } from '../agency-code.ts'
import { isDay } from '../days.ts'
import type { FaultList } from './faults.ts'
import type { AgencyField, RawAgency } from './fields.ts'

const trueWords: readonly string[] = ['true', '1', 'yes', 'có']
const falseWords: readonly string[] = ['false', '0', 'no', 'không']

/** Reads the values of one agency. Undefined when one of them is faulty; each fault is added to the list. */
export function readAgency(raw: RawAgency, faults: FaultList): Agency | undefined {
  const before = faults.count
  const read = fieldReader(raw, faults)
  const code = read.required('code', read.code)
  const name = read.required('name', field => read.text(field, 200))
  const level = read.required('level', field => read.word<Level>(field, levels))
  const agency = {
    ...present({ code2016: read.code('code2016') }),
    oldCodes: read.codes('oldCodes'),
    ...present({ shortName: read.text('shortName', 100) }),
    kind: read.word<AgencyKind>('kind', agencyKinds) ?? 'agency',
    ...present({ parent: read.code('parent'), locality: read.text('locality', 100) }),
    groups: read.codes('groups'),
    ...present({
      mail: read.mail('mail'),
      validFrom: read.date('validFrom'),
      validTo: read.date('validTo'),
      graceUntil: read.date('graceUntil'),
      successor: read.code('successor'),
      center: read.code('center'),
      choices: some(read.codes('choices')),
    }),
    canReceive: read.flag('canReceive') ?? true,
    receivesForUnits: read.flag('receivesForUnits') ?? false,
    ...present({ maxEnvelopeBytes: read.bytes('maxEnvelopeBytes'), fileTypes: some(read.extensions('fileTypes')) }),
  }
  if (code === undefined || name === undefined || level === undefined || faults.count > before) return undefined
  return { code, name, level, ...agency }
}

/** Reads single values; each method gives undefined for an absent or faulty one. */
function fieldReader({ line, values }: RawAgency, faults: FaultList) {
  const cell = (field: AgencyField): string | undefined => {
    const value = values[field]
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string') return clean(value) || undefined
    faults.add(line, 'T.Agency.Type', { other: 'text' }, field)
    return undefined
  }

  const text = (field: AgencyField, limit: number): string | undefined => {
    const value = cell(field)
    if (value === undefined || [...value].length <= limit) return value
    faults.add(line, 'R.Agency', { value, limit }, field)
    return undefined
  }

  const checkedCode = (field: AgencyField, value: string): string | undefined => {
    switch (codeFault(value)) {
      case undefined:
        return value
      case 'too-long':
        faults.add(line, 'R.Agency', { value, limit: maxCodeLength }, field)
        return undefined
      default:
        faults.add(line, 'T.Agency.Code', { value }, field)
        return undefined
    }
  }

  /** A list of texts, or one text parted by blanks or commas; each once. */
  const list = (field: AgencyField): string[] => {
    const value = values[field]
    const written = Array.isArray(value) ? textsOf(value) : cell(field)?.split(/[\s,]+/)
    if (written === undefined && Array.isArray(value)) faults.add(line, 'T.Agency.Type', { other: 'texts' }, field)
    return [...new Set((written ?? []).map(normalizeCode).filter(text => text !== ''))]
  }

  const word = <W extends string>(field: AgencyField, words: readonly W[]): W | undefined => {
    const value = cell(field)
    const known = words.find(each => each === value)
    if (value !== undefined && known === undefined) {
      faults.add(line, 'T.Agency.Word', { value, other: words.join(', ') }, field)
    }
    return known
  }

  return {
    text,
    word,
    required: <T>(field: AgencyField, read: (field: AgencyField) => T | undefined): T | undefined => {
      const before = faults.count
      const value = read(field)
      if (value === undefined && faults.count === before) faults.add(line, 'N.Agency', {}, field)
      return value
    },
    code: (field: AgencyField) => {
      const value = cell(field)
      return value === undefined ? undefined : checkedCode(field, value)
    },
    /** Codes hold no comma and no white space, so either parts them. */
    codes: (field: AgencyField): string[] => list(field).flatMap(code => checkedCode(field, code) ?? []),
    /** With or without the dot, in letters of any size. */
    extensions: (field: AgencyField): string[] => {
      const extensions = list(field).map(written => written.toLowerCase().replace(/^\./, ''))
      const strange = extensions.find(extension => !/^[a-z0-9]{1,10}$/.test(extension))
      if (strange !== undefined) faults.add(line, 'T.Agency.Extension', { value: strange }, field)
      return [...new Set(extensions)]
    },
    bytes: (field: AgencyField): number | undefined => {
      const value = values[field]
      const written = typeof value === 'number' ? String(value) : cell(field)
      if (written === undefined) return undefined
      if (/^[1-9]\d{0,14}$/.test(written)) return Number(written)
      faults.add(line, 'T.Agency.Bytes', { value: written }, field)
      return undefined
    },
    date: (field: AgencyField) => {
      const value = cell(field)
      if (value === undefined || isDay(value)) return value
      faults.add(line, 'T.Agency.Date', { value }, field)
      return undefined
    },
    mail: (field: AgencyField) => {
      const value = text(field, 254)
      if (value === undefined || /^[^\s@,;]+@[^\s@,;]+$/.test(value)) return value
      faults.add(line, 'T.Agency.Mail', { value }, field)
      return undefined
    },
    flag: (field: AgencyField): boolean | undefined => {
      const value = values[field]
      if (typeof value === 'boolean') return value
      const written = cell(field)?.toLowerCase()
      if (written === undefined) return undefined
      if (trueWords.includes(written)) return true
      if (falseWords.includes(written)) return false
      faults.add(line, 'T.Agency.Word', { value: written, other: 'true, false' }, field)
      return undefined
    },
  }
}

/** NFC, one blank for each run of white space, none at the ends. */
function clean(value: string): string {
  return value.normalize('NFC').replace(/\s+/g, ' ').trim()
}

function textsOf(values: readonly unknown[]): readonly string[] | undefined {
  return values.every(value => typeof value === 'string') ? values : undefined
}

function some<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length > 0 ? values : undefined
}

/** Leaves out what is undefined, so that an absent value has no key. */
function present<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

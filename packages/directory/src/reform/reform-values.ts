import type { Agency } from '../agency.ts'
import { codeFault, normalizeCode } from '../agency-code.ts'
import { isDay } from '../days.ts'
import { type AgencyField, agencyFields, isAgencyField } from '../import/fields.ts'
import { readAgency } from '../import/read-agency.ts'
import type { ReformFaults } from './reform-faults.ts'

/** An object of the file at its path. */
export interface ReformObject {
  readonly path: string
  readonly values: Readonly<Record<string, unknown>>
}

/** What the reform sets itself for agencies that it opens. */
const ownFields: readonly AgencyField[] = ['validFrom', 'validTo', 'graceUntil', 'successor', 'choices']
const newAgencyFields = agencyFields.filter(field => !ownFields.includes(field))

/** Reads single values of objects; each method gives undefined for an absent or faulty one and adds the fault. */
export function reformValues(faults: ReformFaults) {
  const text = ({ path, values }: ReformObject, key: string, limit: number): string | undefined => {
    const value = values[key]
    if (value === undefined) return undefined
    if (typeof value !== 'string') return wrongType(at(path, key), 'text')
    const clean = value.normalize('NFC').replace(/\s+/g, ' ').trim()
    if ([...clean].length <= limit) return clean || undefined
    faults.add(at(path, key), 'R.Reform', { value: clean.slice(0, 60), other: String(limit) })
    return undefined
  }

  const wrongType = (path: string, other: string): undefined => {
    faults.add(path, 'T.Reform.Type', { other })
    return undefined
  }

  const codeAt = (path: string, value: unknown): string | undefined => {
    if (typeof value !== 'string') return wrongType(path, 'text')
    const code = normalizeCode(value)
    if (codeFault(code) === undefined) return code
    faults.add(path, 'T.Reform.Code', { value: value.slice(0, 60) })
    return undefined
  }

  const targetAt = (path: string, value: unknown): string | Agency | undefined => {
    return typeof value === 'string' ? codeAt(path, value) : newAgencyAt(path, value)
  }

  const newAgencyAt = (path: string, value: unknown): Agency | undefined => {
    const object = objectAt(path, value)
    if (object === undefined) return undefined
    onlyKeys(object, newAgencyFields)
    const line = faults.lineOf(path)
    return readAgency({ line, values: pickFields(object.values) }, faults.ofAgencies)
  }

  const objectAt = (path: string, value: unknown): ReformObject | undefined => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrongType(path, 'an object')
    return { path, values: value as Record<string, unknown> }
  }

  const listOf = <T>(object: ReformObject, key: string, read: (path: string, value: unknown) => T | undefined): T[] => {
    const { [key]: values } = object.values
    const path = at(object.path, key)
    if (values === undefined) return []
    if (!Array.isArray(values)) return wrongType(path, 'an array') ?? []
    return values.flatMap((value, index) => read(`${path}[${index}]`, value) ?? [])
  }

  const onlyKeys = ({ path, values }: ReformObject, known: readonly string[]): void => {
    for (const key of Object.keys(values)) {
      if (!known.includes(key)) faults.add(at(path, key), 'M.Reform.Field', { value: key, other: known.join(', ') })
    }
  }

  return {
    text,
    objectAt,
    onlyKeys,
    code: ({ path, values }: ReformObject, key: string) =>
      values[key] === undefined ? undefined : codeAt(at(path, key), values[key]),
    codes: (object: ReformObject, key: string) => listOf(object, key, codeAt),
    target: ({ path, values }: ReformObject, key: string) =>
      values[key] === undefined ? undefined : targetAt(at(path, key), values[key]),
    newAgency: ({ path, values }: ReformObject, key: string) =>
      values[key] === undefined ? undefined : newAgencyAt(at(path, key), values[key]),
    targets: (object: ReformObject, key: string) => listOf(object, key, targetAt),
    objects: (object: ReformObject, key: string) => listOf(object, key, objectAt),
    day: (object: ReformObject, key: string): string | undefined => {
      const value = text(object, key, 10)
      if (value === undefined || isDay(value)) return value
      faults.add(at(object.path, key), 'T.Reform.Date', { value })
      return undefined
    },
    word: <W extends string>(object: ReformObject, key: string, words: readonly W[]): W | undefined => {
      const value = text(object, key, 60)
      const known = words.find(each => each === value)
      if (value !== undefined && known === undefined) {
        faults.add(at(object.path, key), 'T.Reform.Word', { value, other: words.join(', ') })
      }
      return known
    },
    /** Adds a fault where the value is missing, unless one was added for it while it was read. */
    required: <T>(object: ReformObject, key: string, read: (object: ReformObject, key: string) => T | undefined) => {
      const before = faults.count
      const value = read(object, key)
      const missing = value === undefined || (Array.isArray(value) && value.length === 0)
      if (missing && faults.count === before) faults.add(object.path, 'N.Reform', { value: key })
      return value
    },
  }
}

export type ReformValues = ReturnType<typeof reformValues>

const at = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`)

function pickFields(values: Readonly<Record<string, unknown>>): Partial<Record<AgencyField, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => isAgencyField(key)))
}

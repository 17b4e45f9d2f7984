import type { Agency } from '../agency.ts'
import { lineOfJsonFault } from '../import/json-fault.ts'
import { jsonPlaces } from '../import/json-places.ts'
import { planReform } from './plan-reform.ts'
import { type ClosingTerms, type Reform, type ReformChange, type ReformPlan, reformDeeds } from './reform.ts'
import { createReformFaults, type ReformFault, type ReformFaults } from './reform-faults.ts'
import { type ReformObject, type ReformValues, reformValues } from './reform-values.ts'

/** A reform file as read against a directory. With any fault nothing of it may be done. */
export interface ReformReading {
  /** Absent where a fault lets nothing be said of it. */
  readonly reform?: Reform
  /** Absent with any fault. */
  readonly plan?: ReformPlan
  /** In order of lines, the first 200. */
  readonly faults: readonly ReformFault[]
  /** All that were found. */
  readonly faultCount: number
}

/**
 * Reads a reform file, finds all its faults, and plans what it makes of the directory. The format is described in
 * `REFORM.md` beside the package's README and by `schemas/reform/reform.schema.json`.
 *
 * @param bytes UTF-8 JSON, with or without byte order mark
 * @param directory every agency that stands in it, closed ones too
 */
export function readReform(bytes: Uint8Array, directory: Iterable<Agency>): ReformReading {
  const parsed = parse(bytes)
  if ('faults' in parsed) return { faults: parsed.faults, faultCount: parsed.faults.length }

  const faults = createReformFaults(jsonPlaces(parsed.text))
  const reform = reformOf(parsed.value, faults)
  const plan = reform && faults.count === 0 ? planReform(reform, directory, faults) : undefined
  return {
    ...(reform && { reform }),
    ...(plan && faults.count === 0 && { plan }),
    faults: faults.faults,
    faultCount: faults.count,
  }
}

function parse(bytes: Uint8Array): { text: string; value: unknown } | { faults: readonly ReformFault[] } {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { faults: oneFault(1, 'T.Reform.Encoding') }
  }
  try {
    return { text, value: JSON.parse(text) }
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error)
    return { faults: oneFault(lineOfJsonFault(text), 'T.Reform.Json', value) }
  }
}

function oneFault(line: number, reason: 'T.Reform.Encoding' | 'T.Reform.Json', value?: string): readonly ReformFault[] {
  const faults = createReformFaults(new Map([['', line]]))
  faults.add('', reason, value === undefined ? {} : { value })
  return faults.faults
}

const formatName = 'docaxis-reform-1'
const reformKeys = ['$schema', 'format', 'name', 'title', 'basis', 'effectiveOn', 'graceUntil', 'changes']

function reformOf(value: unknown, faults: ReformFaults): Reform | undefined {
  const read = reformValues(faults)
  const file = read.objectAt('', value)
  if (file === undefined) return undefined
  read.onlyKeys(file, reformKeys)
  read.required(file, 'format', (object, key) => read.word(object, key, [formatName]))
  const name = read.required(file, 'name', (object, key) => read.text(object, key, 64))
  const title = read.required(file, 'title', (object, key) => read.text(object, key, 300))
  const effectiveOn = read.required(file, 'effectiveOn', read.day)
  const objects = read.required(file, 'changes', read.objects)
  const changes = objects?.flatMap(object => changeOf(object, read, faults) ?? [])
  const basis = read.text(file, 'basis', 1_000)
  const graceUntil = read.day(file, 'graceUntil')
  if (name === undefined || title === undefined || effectiveOn === undefined || changes === undefined) return undefined
  return {
    name,
    title,
    effectiveOn,
    changes,
    ...(basis !== undefined && { basis }),
    ...(graceUntil !== undefined && { graceUntil }),
  }
}

const closingKeys = ['graceUntil', 'childrenTo', 'servedBy', 'systems']
const changeKeys: Readonly<Record<(typeof reformDeeds)[number], readonly string[]>> = {
  merge: ['do', 'codes', 'into', ...closingKeys],
  split: ['do', 'code', 'into', 'successor', ...closingKeys],
  open: ['do', 'agency'],
  rename: ['do', 'code', 'name', 'shortName', 'locality'],
  move: ['do', 'code', 'parent'],
  close: ['do', 'code', 'successor', ...closingKeys],
}

/** One change; undefined when anything in it is faulty. */
function changeOf(object: ReformObject, read: ReformValues, faults: ReformFaults): ReformChange | undefined {
  const before = faults.count
  const deed = read.required(object, 'do', (each, key) => read.word(each, key, reformDeeds))
  if (deed === undefined) return undefined
  read.onlyKeys(object, changeKeys[deed])
  const change = changeOfDeed(deed, object, read)
  return faults.count === before ? change : undefined
}

function changeOfDeed(
  deed: (typeof reformDeeds)[number],
  object: ReformObject,
  read: ReformValues,
): ReformChange | undefined {
  if (deed === 'merge') {
    const codes = read.required(object, 'codes', read.codes)
    const into = read.required(object, 'into', read.target)
    return codes && into ? { do: deed, codes, into, ...closingTerms(object, read) } : undefined
  }
  if (deed === 'open') {
    const agency = read.required(object, 'agency', read.newAgency)
    return agency ? { do: deed, agency } : undefined
  }
  const code = read.required(object, 'code', read.code)
  switch (deed) {
    case 'split': {
      const into = read.required(object, 'into', read.targets)
      return code && into
        ? { do: deed, code, into, ...successorOf(object, read), ...closingTerms(object, read) }
        : undefined
    }
    case 'rename': {
      const name = read.required(object, 'name', (each, key) => read.text(each, key, 200))
      const shortName = read.text(object, 'shortName', 100)
      const locality = read.text(object, 'locality', 100)
      if (code === undefined || name === undefined) return undefined
      return { do: deed, code, name, ...(shortName && { shortName }), ...(locality && { locality }) }
    }
    case 'move': {
      const parent = read.required(object, 'parent', read.code)
      return code && parent ? { do: deed, code, parent } : undefined
    }
    case 'close':
      return code ? { do: deed, code, ...successorOf(object, read), ...closingTerms(object, read) } : undefined
  }
}

function successorOf(object: ReformObject, read: ReformValues): { readonly successor?: string } {
  const successor = read.code(object, 'successor')
  return successor === undefined ? {} : { successor }
}

function closingTerms(object: ReformObject, read: ReformValues): ClosingTerms {
  const graceUntil = read.day(object, 'graceUntil')
  const childrenTo = read.code(object, 'childrenTo')
  const servedBy = read.code(object, 'servedBy')
  const systems = read.word(object, 'systems', ['stay', 'follow'])
  return {
    systemsFollow: systems === 'follow',
    ...(graceUntil !== undefined && { graceUntil }),
    ...(childrenTo !== undefined && { childrenTo }),
    ...(servedBy !== undefined && { servedBy }),
  }
}

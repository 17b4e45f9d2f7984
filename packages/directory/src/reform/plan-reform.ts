import type { Agency } from '../agency.ts'
import { checkAgencies } from '../import/check.ts'
import type { Draft, Touched } from './draft.ts'
import { takeAlong } from './left-behind.ts'
import type {
  Close,
  ClosingTerms,
  Merge,
  Move,
  Reform,
  ReformClosing,
  ReformPlan,
  ReformTarget,
  Rename,
  Split,
} from './reform.ts'
import type { ReformFaults } from './reform-faults.ts'

/**
 * What a reform makes of a directory: who opens, closes, is renamed or moved, and who follows whom. The order of the
 * changes does not matter. Adds every fault it finds; with any, the plan is not to be used.
 */
export function planReform(reform: Reform, directory: Iterable<Agency>, faults: ReformFaults): ReformPlan {
  const before = new Map(Array.from(directory, agency => [agency.code, agency]))
  const draft: Draft = {
    reform,
    before,
    faults,
    agencies: new Map(),
    closings: new Map(),
    opened: new Map(),
    closed: new Map(),
    renamed: new Map(),
    moved: new Map(),
    rehomed: new Map(),
  }
  checkGrace(draft, 'graceUntil', reform.graceUntil)
  eachChange(draft, (path, change) => {
    if (change.do === 'merge') open(draft, `${path}.into`, change.into)
    if (change.do === 'open') open(draft, `${path}.agency`, change.agency)
  })
  eachChange(draft, (path, change) => {
    if (change.do === 'split')
      for (const [index, target] of change.into.entries()) open(draft, `${path}.into[${index}]`, target)
  })
  eachChange(draft, (path, change) => {
    switch (change.do) {
      case 'merge':
        return merge(draft, path, change)
      case 'split':
        return split(draft, path, change)
      case 'close':
        return close(draft, path, change.code, change, followed(change.successor))
      case 'rename':
        return rename(draft, path, change)
      case 'move':
        return move(draft, path, change)
      case 'open':
        // Done before all others.
        return
    }
  })
  eachChange(draft, (path, change) => checkTargets(draft, path, change))
  takeAlong(draft)
  checkResult(draft)
  return {
    agencies: [...draft.agencies.values()],
    closings: [...draft.closings.values()],
    opened: [...draft.opened.keys()],
    renamed: [...draft.renamed.keys()],
    moved: [...draft.moved.keys()],
    rehomed: [...draft.rehomed.keys()],
  }
}

function eachChange(draft: Draft, work: (path: string, change: Reform['changes'][number]) => unknown): void {
  for (const [index, change] of draft.reform.changes.entries()) work(`changes[${index}]`, change)
}

const codeOf = (target: ReformTarget): string => (typeof target === 'string' ? target : target.code)

/** The agency as the reform finds it on its day; adds the fault where there is none that is open. */
function openOn(draft: Draft, path: string, code: string): Agency | undefined {
  const agency = draft.before.get(code)
  const { effectiveOn } = draft.reform
  if (agency === undefined) draft.faults.add(path, 'M.Reform.Unknown', { value: code })
  else if (agency.validTo !== undefined && agency.validTo <= effectiveOn) {
    draft.faults.add(path, 'M.Reform.Closed', { value: code, other: agency.validTo })
  } else if (agency.validFrom !== undefined && agency.validFrom > effectiveOn) {
    draft.faults.add(path, 'M.Reform.Closed', { value: code, other: `… – ${agency.validFrom}` })
  } else return agency
  return undefined
}

/** Notes that a code is changed; one change of a kind is enough for each. */
function note(draft: Draft, kind: keyof Touched, code: string, path: string): boolean {
  const earlier = draft[kind].get(code)
  if (earlier === undefined) draft[kind].set(code, path)
  else draft.faults.add(path, 'M.Reform.Twice', { value: code, other: earlier })
  return earlier === undefined
}

function open(draft: Draft, path: string, target: ReformTarget): void {
  if (typeof target === 'string') return
  if (draft.before.has(target.code)) draft.faults.add(path, 'M.Reform.Exists', { value: target.code })
  else if (note(draft, 'opened', target.code, path)) {
    draft.agencies.set(target.code, { ...target, validFrom: draft.reform.effectiveOn })
  }
}

type Following = Pick<ReformClosing, 'successor' | 'choices'>

function followed(successor: string | undefined): Following {
  return successor === undefined ? { choices: [] } : { successor, choices: [] }
}

function merge(draft: Draft, path: string, change: Merge): void {
  const into = codeOf(change.into)
  const closing = [...new Set(change.codes)].filter(code => code !== into)
  if (closing.length === 0) draft.faults.add(path, 'R.Reform.Few', { value: '0', other: '1' })
  const terms = { childrenTo: into, ...change }
  for (const code of closing) close(draft, path, code, terms, followed(into))
}

/** An agency that is among those it is split into goes on. */
function split(draft: Draft, path: string, change: Split): void {
  const into = [...new Set(change.into.map(codeOf))]
  if (into.length < 2) draft.faults.add(path, 'R.Reform.Few', { value: String(into.length), other: '2' })
  if (change.successor !== undefined && !into.includes(change.successor)) {
    draft.faults.add(`${path}.successor`, 'M.Reform.Choice', { value: change.successor, other: into.join(', ') })
  }
  if (into.includes(change.code)) openOn(draft, path, change.code)
  else
    close(
      draft,
      path,
      change.code,
      change,
      change.successor === undefined ? { choices: into } : followed(change.successor),
    )
}

function close(draft: Draft, path: string, code: string, terms: ClosingTerms, following: Following): void {
  const agency = openOn(draft, path, code)
  if (agency === undefined || !note(draft, 'closed', code, path)) return
  const { effectiveOn } = draft.reform
  const graceUntil = terms.graceUntil ?? draft.reform.graceUntil
  checkGrace(draft, `${path}.graceUntil`, terms.graceUntil)
  const { successor, choices } = following
  const { choices: _earlier, successor: _none, graceUntil: _grace, ...kept } = draft.agencies.get(code) ?? agency
  draft.agencies.set(code, {
    ...kept,
    validTo: effectiveOn,
    ...(graceUntil !== undefined && { graceUntil }),
    ...(successor !== undefined && { successor }),
    ...(choices.length > 0 && { choices }),
  })
  draft.closings.set(code, {
    code,
    name: agency.name,
    ...following,
    endsOn: graceUntil ?? effectiveOn,
    systemsFollow: terms.systemsFollow,
  })
}

function checkGrace(draft: Draft, path: string, graceUntil: string | undefined): void {
  const { effectiveOn } = draft.reform
  if (graceUntil !== undefined && graceUntil <= effectiveOn) {
    draft.faults.add(path, 'R.Reform.Dates', { value: graceUntil, other: `effectiveOn ${effectiveOn}` })
  }
}

function rename(draft: Draft, path: string, { code, name, shortName, locality }: Rename): void {
  const agency = openOn(draft, `${path}.code`, code)
  if (agency === undefined || !note(draft, 'renamed', code, path)) return
  const named = { name, ...(shortName !== undefined && { shortName }), ...(locality !== undefined && { locality }) }
  const same = Object.entries(named).every(([field, value]) => agency[field as keyof typeof named] === value)
  if (same) draft.faults.add(`${path}.name`, 'M.Reform.Same', { value: name })
  draft.agencies.set(code, { ...(draft.agencies.get(code) ?? agency), ...named })
}

function move(draft: Draft, path: string, { code, parent }: Move): void {
  const agency = openOn(draft, `${path}.code`, code)
  if (agency === undefined || !note(draft, 'moved', code, path)) return
  if (agency.parent === parent) draft.faults.add(`${path}.parent`, 'M.Reform.Same', { value: parent })
  draft.agencies.set(code, { ...(draft.agencies.get(code) ?? agency), parent })
}

/** Whoever is named to take over is open after the reform. */
function checkTargets(draft: Draft, path: string, change: Reform['changes'][number]): void {
  for (const [key, code] of targetsOf(change)) {
    const closedBy = draft.closed.get(code)
    if (closedBy !== undefined) draft.faults.add(`${path}.${key}`, 'M.Reform.Target', { value: code, other: closedBy })
    else if (!draft.opened.has(code)) openOn(draft, `${path}.${key}`, code)
  }
}

function targetsOf(change: Reform['changes'][number]): readonly (readonly [key: string, code: string])[] {
  switch (change.do) {
    case 'merge':
      return [['into', codeOf(change.into)], ...takingOver(change)]
    case 'split':
      return [...change.into.map((target, index) => [`into[${index}]`, codeOf(target)] as const), ...takingOver(change)]
    case 'close':
      return [
        ...(change.successor === undefined ? [] : [['successor', change.successor] as const]),
        ...takingOver(change),
      ]
    case 'move':
      return [['parent', change.parent]]
    case 'rename':
    case 'open':
      return []
  }
}

function takingOver(terms: Merge | Split | Close): readonly (readonly [string, string])[] {
  return (['childrenTo', 'servedBy'] as const).flatMap(key => {
    const code = terms[key]
    return code === undefined ? [] : [[key, code] as const]
  })
}

/** The directory as it would be obeys the rules of every directory file: levels, circles, codes that lead to one agency. */
function checkResult(draft: Draft): void {
  const { agencies, before, faults } = draft
  if (faults.count > 0) return
  const located = [...agencies.values()].map(agency => ({ line: faults.lineOf(pathOf(draft, agency.code)), agency }))
  checkAgencies(located, new Set(), before.values(), faults.ofAgencies)
}

function pathOf({ opened, closed, renamed, moved, rehomed }: Draft, code: string): string {
  const paths = [opened, closed, renamed, moved, rehomed].map(kind => kind.get(code))
  return paths.find(path => path !== undefined) ?? ''
}

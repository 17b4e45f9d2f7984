import type { deedWords } from './reform-words.ts'

export type DeedName = keyof typeof deedWords

/** What can be written of a change. */
export type DeedField =
  | 'codes'
  | 'code'
  | 'into'
  | 'newName'
  | 'shortName'
  | 'level'
  | 'parent'
  | 'locality'
  | 'successor'
  | 'childrenTo'
  | 'servedBy'

/** One change as it is typed. */
export interface DraftLine extends Readonly<Partial<Record<DeedField, string>>> {
  readonly id: number
  readonly do: DeedName
  readonly follow: boolean
}

export interface ReformDraft {
  readonly title: string
  readonly name: string
  readonly basis: string
  readonly effectiveOn: string
  readonly graceUntil: string
  readonly lines: readonly DraftLine[]
}

export const emptyDraft: ReformDraft = {
  title: '',
  name: '',
  basis: '',
  effectiveOn: '',
  graceUntil: '',
  lines: [{ id: 1, do: 'merge', follow: false }],
}

/** Fields of each kind of change: those it must have, and those it may. */
export const deedFields: Readonly<
  Record<
    DeedName,
    { readonly needed: readonly DeedField[]; readonly more: readonly DeedField[]; readonly closes: boolean }
  >
> = {
  merge: { needed: ['codes', 'into'], more: ['childrenTo', 'servedBy'], closes: true },
  split: { needed: ['code', 'into'], more: ['successor', 'childrenTo', 'servedBy'], closes: true },
  open: { needed: ['code', 'newName', 'level', 'parent'], more: ['locality'], closes: false },
  rename: { needed: ['code', 'newName'], more: ['shortName', 'locality'], closes: false },
  move: { needed: ['code', 'parent'], more: [], closes: false },
  close: { needed: ['code'], more: ['successor', 'childrenTo', 'servedBy'], closes: true },
}

/** The file that says the same (packages/directory/REFORM.md). */
export function reformFileOf({ lines, ...head }: ReformDraft): Blob {
  const file = { format: 'docaxis-reform-1', ...written(head), changes: lines.map(changeOf) }
  return new Blob([JSON.stringify(file, undefined, 2)], { type: 'application/json' })
}

function changeOf(line: DraftLine): object {
  const { needed, more, closes } = deedFields[line.do]
  const fields = Object.fromEntries([...needed, ...more].map(field => [field, line[field] ?? '']))
  const { codes, newName, into, level, ...others } = fields
  const values = written({
    ...others,
    ...(codes !== undefined && { codes: codesIn(codes) }),
    ...(into !== undefined && { into: line.do === 'split' ? codesIn(into) : into }),
    ...(newName !== undefined && { name: newName }),
    ...(level !== undefined && { level: level || 'commune' }),
  })
  if (line.do === 'open') return { do: 'open', agency: values }
  return { do: line.do, ...values, ...(closes && line.follow && { systems: 'follow' }) }
}

/** Without what was left empty. */
function written(values: Readonly<Record<string, string | readonly string[]>>): object {
  const clean = Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value])
  return Object.fromEntries(clean.filter(([, value]) => value !== ''))
}

function codesIn(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter(code => code !== '')
}

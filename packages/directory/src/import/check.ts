import { type Agency, type AgencyKind, type Level, levelRank } from '../agency.ts'
import type { FaultList } from './faults.ts'
import type { AgencyField, LocatedAgency } from './fields.ts'

/** What the directory holds of an agency that checks of other agencies need. */
export interface DirectoryNode {
  readonly code: string
  readonly code2016?: string
  readonly oldCodes: readonly string[]
  readonly kind: AgencyKind
  readonly level: Level
  readonly parent?: string
  readonly successor?: string
}

/** A node of the directory as it will be; `line` where the file says it. */
interface Node extends DirectoryNode {
  readonly line?: number
}

/**
 * Checks the agencies of a file against each other and against what the directory holds beside them.
 *
 * @param unread codes of agencies of the file that have faults of their own: links to them are not reported again
 * @param existing what stays: the whole directory for a merge, nothing for a replacement. Agencies of the same code
 *   are taken from the file
 */
export function checkAgencies(
  located: readonly LocatedAgency[],
  unread: ReadonlySet<string>,
  existing: Iterable<DirectoryNode>,
  faults: FaultList,
): void {
  const nodes = collectNodes(located, existing, faults)
  checkForms(nodes, faults)
  for (const { line, agency } of located) {
    checkDates(line, agency, faults)
    checkLinks(line, agency, code => nodes.get(code), unread, faults)
  }
  checkLevelsBelow(nodes, faults)
  checkCycles('parent', nodes, faults)
  checkCycles('successor', nodes, faults)
}

function collectNodes(
  located: readonly LocatedAgency[],
  existing: Iterable<DirectoryNode>,
  faults: FaultList,
): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>()
  for (const { line, agency } of located) {
    const first = nodes.get(agency.code)
    if (first === undefined) nodes.set(agency.code, { ...agency, line })
    else duplicate(faults, line, 'code', agency.code, first)
  }
  for (const node of existing) {
    if (!nodes.has(node.code)) nodes.set(node.code, node)
  }
  return nodes
}

/** A code, 2016 code or old code never leads to two agencies. */
function checkForms(nodes: ReadonlyMap<string, Node>, faults: FaultList): void {
  const owners = new Map<string, Node>()
  // Agencies of the directory first: it is the file that brings the conflict.
  const ordered = [...nodes.values()].sort((left, right) => (left.line ?? 0) - (right.line ?? 0))
  for (const node of ordered) owners.set(node.code, node)
  for (const node of ordered) {
    for (const [field, form] of otherForms(node)) {
      const owner = owners.get(form) ?? node
      owners.set(form, owner)
      if (owner === node) continue
      if (node.line !== undefined) duplicate(faults, node.line, field, form, owner)
      else if (owner.line !== undefined) duplicate(faults, owner.line, 'code', form, node)
    }
  }
}

function otherForms(node: Node): [AgencyField, string][] {
  const old = node.oldCodes.map((code): [AgencyField, string] => ['oldCodes', code])
  return node.code2016 === undefined ? old : [['code2016', node.code2016], ...old]
}

function duplicate(faults: FaultList, line: number, field: AgencyField, value: string, owner: Node): void {
  faults.add(line, 'M.Agency.Duplicate', { value, other: owner.code, otherLine: owner.line }, field)
}

function checkDates(line: number, { validFrom, validTo, graceUntil }: Agency, faults: FaultList): void {
  if (validFrom !== undefined && validTo !== undefined && validTo <= validFrom) {
    faults.add(line, 'R.Agency.Dates', { value: validTo, other: `validFrom ${validFrom}` }, 'validTo')
  }
  if (graceUntil !== undefined && (validTo === undefined || graceUntil <= validTo)) {
    faults.add(line, 'R.Agency.Dates', { value: graceUntil, other: `validTo ${validTo ?? '-'}` }, 'graceUntil')
  }
}

function checkLinks(
  line: number,
  agency: Agency,
  find: (code: string) => Node | undefined,
  unread: ReadonlySet<string>,
  faults: FaultList,
): void {
  for (const field of ['parent', 'successor', 'center'] as const) {
    const code = agency[field]
    if (code !== undefined && find(code) === undefined && !unread.has(code)) {
      faults.add(line, 'M.Agency.Unknown', { value: code }, field)
    }
  }
  for (const code of agency.choices ?? []) {
    if (find(code) === undefined && !unread.has(code)) faults.add(line, 'M.Agency.Unknown', { value: code }, 'choices')
  }
  const parent = find(agency.parent ?? '')
  if (parent !== undefined && isBelow(parent, agency)) {
    faults.add(line, 'M.Agency.Level', { value: `${parent.code} (${parent.level})`, other: agency.level }, 'parent')
  }
  const center = find(agency.center ?? '')
  if (center !== undefined && center.kind !== 'center') {
    faults.add(line, 'M.Agency.Center', { value: center.code }, 'center')
  }
}

function isBelow(node: Pick<Node, 'level'>, other: Pick<Node, 'level'>): boolean {
  return levelRank(node.level) > levelRank(other.level)
}

/** A file may lower an agency below those that the directory already holds under it. */
function checkLevelsBelow(nodes: ReadonlyMap<string, Node>, faults: FaultList): void {
  for (const node of nodes.values()) {
    if (node.line !== undefined || node.parent === undefined) continue
    const parent = nodes.get(node.parent)
    if (parent?.line !== undefined && isBelow(parent, node)) {
      faults.add(
        parent.line,
        'M.Agency.Children',
        { value: parent.level, other: `${node.code} (${node.level})` },
        'level',
      )
    }
  }
}

/** Every node has one link at most, so each circle is met exactly once when nodes are marked by the walk that met them. */
function checkCycles(field: 'parent' | 'successor', nodes: ReadonlyMap<string, Node>, faults: FaultList): void {
  const walkOf = new Map<string, string>()
  for (const start of nodes.values()) {
    let node: Node | undefined = start
    while (node !== undefined && !walkOf.has(node.code)) {
      walkOf.set(node.code, start.code)
      node = node[field] === undefined ? undefined : nodes.get(node[field])
    }
    if (node !== undefined && walkOf.get(node.code) === start.code) {
      reportCycle(field, node, nodes, faults)
    }
  }
}

function reportCycle(
  field: 'parent' | 'successor',
  entry: Node,
  nodes: ReadonlyMap<string, Node>,
  faults: FaultList,
): void {
  const circle: Node[] = []
  let node: Node | undefined = entry
  do {
    circle.push(node)
    node = nodes.get(node[field] ?? '')
  } while (node !== undefined && node !== entry)

  const line = circle.find(each => each.line !== undefined)?.line
  const value = [...circle, entry].map(each => each.code).join(' → ')
  faults.add(line ?? 1, 'M.Agency.Cycle', { value }, field)
}

import { readdirSync, readFileSync } from 'node:fs'

/** What a group of processes has used, read from /proc (Linux). */
export interface Usage {
  readonly cpuSeconds: number
  readonly residentBytes: number
}

const ticksPerSecond = 100
const pageBytes = 4096

/** Sums a process and all its descendants; processes that end meanwhile are left out. */
export function usageOf(rootPid: number): Usage {
  let cpuSeconds = 0
  let residentBytes = 0
  for (const pid of descendants(rootPid)) {
    const own = ownUsageOf(pid)
    cpuSeconds += own.cpuSeconds
    residentBytes += own.residentBytes
  }
  return { cpuSeconds, residentBytes }
}

/** One process without its descendants; nothing when it has ended. */
export function ownUsageOf(pid: number): Usage {
  const fields = statFields(pid)
  if (fields === undefined) return { cpuSeconds: 0, residentBytes: 0 }
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    residentBytes: privateBytes(pid),
  }
}

export function descendants(rootPid: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = Number(statFields(Number(name))?.[1])
    if (Number.isNaN(parent)) continue
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found: number[] = []
  const open = [rootPid]
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    found.push(pid)
    open.push(...(children.get(pid) ?? []))
  }
  return found
}

/** Fields of /proc/<pid>/stat from the state on: the command's name before them may hold blanks. */
function statFields(pid: number): string[] | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** Resident pages that are not shared: PostgreSQL's shared buffers would count once per connection otherwise. */
function privateBytes(pid: number): number {
  try {
    const [, resident, shared] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number)
    return ((resident ?? 0) - (shared ?? 0)) * pageBytes
  } catch {
    return 0
  }
}

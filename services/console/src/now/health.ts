import { listHealth, type ProcessCheck, type ProcessHealth } from '@docaxis/store/console'
import type { Console } from '../console.ts'

/** One thing that must work, and how it was when it was last looked at. */
export interface HealthLine {
  readonly name: string
  readonly kind: 'service' | 'part'
  /** `warning`: something is not as it should be, and the hub goes on. `silent`: nobody has looked for a while. */
  readonly state: 'good' | 'warning' | 'bad' | 'silent'
  readonly checkedAt: string
  /** For the help desk, where something is wrong; for the staff of the hub only. */
  readonly detail?: string
}

/** Processes look at themselves every 15 seconds. */
const silentAfterSeconds = 45

/** Worst last: of several processes the worst is shown. */
const order: readonly HealthLine['state'][] = ['good', 'silent', 'warning', 'bad']

/** Every service, and what they all stand on. A service that runs several times is as good as its best instance. */
export async function readHealth(
  { database }: Console,
  { details }: { readonly details: boolean },
): Promise<HealthLine[]> {
  const processes = await listHealth(database)
  const services = processes.flatMap(process => process.services.map(name => serviceLine(name, process)))
  const speaking = processes.filter(isSpeaking)
  const parts = (speaking.length > 0 ? speaking : processes).flatMap(process =>
    process.checks.map(check => partLine(check, process, details)),
  )
  return [...chosen(services, 'best'), ...chosen(parts, 'worst')]
}

function serviceLine(name: string, process: ProcessHealth): HealthLine {
  const broken = process.checks.some(({ ok, advisory }) => !ok && !advisory)
  const state = !isSpeaking(process) ? 'silent' : broken ? 'bad' : 'good'
  return { name, kind: 'service', state, checkedAt: process.checkedAt.toISOString() }
}

function partLine({ name, ok, advisory, detail }: ProcessCheck, process: ProcessHealth, details: boolean): HealthLine {
  const found = ok ? 'good' : advisory ? 'warning' : 'bad'
  const state = isSpeaking(process) ? found : 'silent'
  const checkedAt = process.checkedAt.toISOString()
  return { name, kind: 'part', state, checkedAt, ...(details && !ok && { detail }) }
}

function isSpeaking({ ageSeconds }: ProcessHealth): boolean {
  return ageSeconds <= silentAfterSeconds
}

/** One line for each name, in the order in which the names come first. */
function chosen(lines: readonly HealthLine[], which: 'best' | 'worst'): HealthLine[] {
  const byName = new Map<string, HealthLine>()
  for (const line of lines) {
    const known = byName.get(line.name)
    const worse = known !== undefined && order.indexOf(line.state) > order.indexOf(known.state)
    if (known === undefined || worse === (which === 'worst')) byName.set(line.name, line)
  }
  return [...byName.values()]
}

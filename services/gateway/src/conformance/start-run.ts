import { receiveLimits, vxpKitMaxBytes } from '@docaxis/directory'
import { HubError } from '@docaxis/errors'
import { agenciesOf, type ConformanceRun, createConformanceRun, getAgency, getSystem } from '@docaxis/store'
import type { Gateway } from '../gateway.ts'
import { advanceRun } from './advance.ts'
import { counterpartCode, ensureCounterpart } from './counterpart.ts'
import { getRun } from './find-run.ts'
import { steps } from './script.ts'

export interface RunWish {
  readonly systemId: string
  /** Which of the system's agencies plays along; its first unless told. */
  readonly agency?: string
  /** Of the large file; as much as the receiver takes, 16 MiB at most, unless told. */
  readonly largeBytes?: number
  readonly startedBy: string
  readonly traceparent: string
}

const usualLargeBytes = 16 * 1024 * 1024

/**
 * Begins a run with a system and sends what the script begins with. A run that is still open ends as it stands.
 *
 * @throws HubError `NOT_FOUND`: no such system; `STATE_CONFLICT`: it acts for no agency; `REQUEST_INVALID`: not for this
 *   one, or the large file is over its limit; `ENVELOPE_REFUSED`: the agency takes no PDF, or is locked
 */
export async function startRun(gateway: Gateway, wish: RunWish): Promise<ConformanceRun> {
  const { database } = gateway
  const { systemId, startedBy, traceparent } = wish
  await getSystem(database, systemId)
  const agency = chosenAgency(await agenciesOf(database, systemId), wish.agency)
  const largeBytes = await largeSize(gateway, agency, wish.largeBytes)
  await ensureCounterpart(database)

  const plan = steps.map(step => ({ step, details: step === 'large' ? { largeBytes } : {} }))
  const begun = { systemId, agency, counterpart: counterpartCode, startedBy, steps: plan }
  const id = await database.transaction(tx => createConformanceRun(tx, begun))
  return advanceRun(gateway, await getRun(gateway, id, systemId), traceparent)
}

function chosenAgency(bound: readonly string[], wished: string | undefined): string {
  const agency = wished ?? bound[0]
  if (agency === undefined) throw new HubError('STATE_CONFLICT', 'the system acts for no agency')
  if (bound.includes(agency)) return agency
  throw new HubError('REQUEST_INVALID', `the system does not act for ${agency}`, { details: { agency } })
}

/** Base64 and the envelope make a packet out of the file that is a third larger. */
const packetSize = (fileBytes: number): number => Math.ceil((fileBytes * 4) / 3) + 64 * 1024

async function largeSize(gateway: Gateway, agency: string, wished: number | undefined): Promise<number> {
  const { maxEnvelopeBytes = Infinity } = receiveLimits(await getAgency(gateway.database, agency)) ?? {}
  const most = Math.min(maxEnvelopeBytes, gateway.settings.maxEnvelopeBytes, vxpKitMaxBytes)
  const fits = Math.floor(((most - 64 * 1024) * 3) / 4)
  if (wished !== undefined && packetSize(wished) > most) {
    throw new HubError('REQUEST_INVALID', `a file of ${wished} bytes makes a packet over ${most}`, {
      details: { largeBytes: wished, maxBytes: most },
    })
  }
  return wished ?? Math.max(1, Math.min(usualLargeBytes, fits))
}

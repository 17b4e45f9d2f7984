import type { ServerResponse } from 'node:http'
import { HubError } from '@docaxis/errors'
import type { Logger } from '@docaxis/service'
import { type Database, deliveriesOfStep, endLeases, findOpenConformanceRun, noteConformance } from '@docaxis/store'
import { counterpartCode } from './counterpart.ts'
import type { Part } from './downloads.ts'

/**
 * What the script wants to see of a system while it is played, and the two answers that it withholds. Everything costs
 * one look at the open runs; a production hub watches nobody.
 */
export interface ConformanceWatch {
  /** @throws HubError `STORAGE_UNAVAILABLE` once, before the acknowledgement of the step `duplicate` is written */
  acknowledging(systemId: string, deliveryIds: readonly string[]): Promise<void>
  /**
   * @param receivers directory codes that the packet reaches
   * @throws HubError `STORAGE_UNAVAILABLE` once, after the first document to the hub's agency is accepted
   */
  accepted(systemId: string, id: string, receivers: readonly (string | undefined)[]): Promise<void>
  /** A packet that was accepted before came again. */
  repeated(systemId: string, id: string): Promise<void>
  /** Bytes of deliveries are about to leave. */
  downloading(response: ServerResponse, systemId: string, deliveryIds: readonly string[], part: Part): Promise<void>
}

const nothing = async () => undefined

export const watchingNobody: ConformanceWatch = {
  acknowledging: nothing,
  accepted: nothing,
  repeated: nothing,
  downloading: nothing,
}

export function createWatch(database: Database, logger: Logger): ConformanceWatch {
  return {
    acknowledging: async (systemId, deliveryIds) => {
      const run = await findOpenConformanceRun(database, systemId)
      const [delivery] = run ? await deliveriesOf(run.id, 'duplicate', deliveryIds) : []
      if (!run || delivery === undefined) return
      const note = { kind: 'acknowledgement-withheld' as const, subject: delivery, details: {} }
      if (!(await noteConformance(database, run.id, note))) return
      await endLeases(database, [delivery])
      throw withheld('the acknowledgement')
    },
    accepted: async (systemId, id, receivers) => {
      if (!receivers.includes(counterpartCode)) return
      const run = await findOpenConformanceRun(database, systemId)
      const note = { kind: 'acceptance-withheld' as const, subject: id, details: {} }
      if (run && (await noteConformance(database, run.id, note))) throw withheld('the acceptance')
    },
    repeated: async (systemId, id) => {
      const run = await findOpenConformanceRun(database, systemId)
      if (run) await noteConformance(database, run.id, { kind: 'sent-again', subject: id, details: {} })
    },
    downloading: async (response, systemId, deliveryIds, part) => {
      const run = await findOpenConformanceRun(database, systemId)
      const [subject] = run ? await deliveriesOf(run.id, 'large', deliveryIds) : []
      if (!run || subject === undefined) return
      await noteConformance(database, run.id, { kind: 'download-begun', subject, details: { ...part } })
      response.once('close', () => {
        const details = { ...part, whole: response.writableFinished }
        noteConformance(database, run.id, { kind: 'download-ended', subject, details }).catch(error =>
          logger.warn({ err: error }, 'the end of a download was not noted'),
        )
      })
    },
  }

  function deliveriesOf(runId: string, step: 'duplicate' | 'large', deliveryIds: readonly string[]) {
    return deliveriesOfStep(database, { runId, step, part: 'document' }, deliveryIds)
  }
}

function withheld(what: string): HubError {
  return new HubError(
    'STORAGE_UNAVAILABLE',
    `${what} is withheld once by the conformance script: send the same again`,
    {
      retryAfterSeconds: 1,
    },
  )
}

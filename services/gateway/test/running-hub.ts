import { createService as createDelivery } from '@docaxis/delivery'
import { createService as createRouter } from '@docaxis/router'
import { readConfig, type Service } from '@docaxis/service'
import { expect, vi } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'

export interface MailItem {
  readonly deliveryId: string
  readonly id: string
  readonly documentId: string
  readonly action: string
}

/** A gateway with router and delivery behind it: what is accepted reaches its mailbox. */
export interface RunningHub extends TestGateway {
  mail(system: string): Promise<readonly MailItem[]>
  /** Polls a mailbox until the packet is there. */
  waiting(system: string, id: string): Promise<MailItem>
}

export async function runningHub(): Promise<RunningHub> {
  const hub = await testGateway()
  const config = readConfig({ DOCAXIS_ENVIRONMENT: 'test' })
  const services: readonly Service[] = [createRouter(config, hub.deps), createDelivery(config, hub.deps)]
  for (const service of services) await service.start()
  await hub.deps.bus.start()

  const mail = async (system: string): Promise<readonly MailItem[]> =>
    (await hub.get('/api/v1/inbox?limit=500', system)).json().items
  return {
    ...hub,
    mail,
    waiting(system, id) {
      const look = async () =>
        (await mail(system)).find(item => item.id === id) ??
        expect.unreachable(`packet ${id} is not in the mailbox of ${system}`)
      return vi.waitFor(look, { timeout: 15_000, interval: 50 })
    },
    async close() {
      for (const service of services) await service.stop()
      await hub.close()
    },
  }
}

import { createService as createDelivery } from '@docaxis/delivery'
import { createService as createRouter } from '@docaxis/router'
import { readConfig } from '@docaxis/service'
import { importDirectory, type NewSystem } from '@docaxis/store'
import { createVxpKit, type KitOptions, type KitResult, type ReceivedRow, type VxpKit } from '@docaxis/testkit'
import { expect, vi } from 'vitest'
import { type GatewayWish, type TestGateway, testGateway } from '../harness.ts'

/** A gateway with router and delivery beside it, listening, for the kits of VXP systems. */
export interface VxpHub extends TestGateway {
  readonly url: string
  /** A system with a secret of its own, legacy under `record` unless told. */
  addVxpSystem(id: string, agencies: readonly string[], settings?: Partial<NewSystem>): Promise<string>
  addAgencies(rows: readonly object[]): Promise<void>
  /** A new client object. */
  kit(systemid: string, options?: Partial<KitOptions>): VxpKit
  /** The list, as soon as it has so many rows. */
  received(kit: VxpKit, count: number, parameters?: Record<string, string>): Promise<readonly ReceivedRow[]>
}

export async function vxpHub(wish?: GatewayWish): Promise<VxpHub> {
  const hub = await testGateway(wish)
  const config = readConfig({ DOCAXIS_ENVIRONMENT: 'test' })
  const services = [createRouter(config, hub.deps), createDelivery(config, hub.deps)]
  for (const service of services) await service.start()
  await hub.deps.bus.start()
  const url = await hub.listen()
  const secrets = new Map<string, string>()
  const kits: VxpKit[] = []

  return {
    ...hub,
    url,
    async addVxpSystem(id, agencies, settings = {}) {
      await hub.addSystem({ id, profile: 'legacy', ...settings }, agencies)
      const secret = await hub.vxpSecret(id)
      secrets.set(id, secret)
      return secret
    },
    async addAgencies(rows) {
      const whole = rows.map(row => ({ kind: 'agency', level: 'commune', ...row }))
      await hub.database.transaction(tx =>
        importDirectory(tx, Buffer.from(JSON.stringify(whole)), { format: 'json', mode: 'merge' }),
      )
    },
    kit(systemid, options = {}) {
      const secret = secrets.get(systemid) ?? ''
      const endpoint = `${url}/XrdAdapter`
      const kit = createVxpKit({ version: '2.0.1', endpoint, systemid, secret, now: hub.deps.now, ...options })
      kits.push(kit)
      return kit
    },
    async received(kit, count, parameters = {}) {
      const list = () => kit.getReceivedEdocList({ servicetype: 'eDoc', messagetype: 'edoc', ...parameters })
      return vi.waitFor(
        async () => {
          const { data = [] } = await list()
          expect(data).toHaveLength(count)
          return data
        },
        { timeout: 20_000, interval: 50 },
      )
    },
    async close() {
      for (const kit of kits) kit.close()
      for (const service of services) await service.stop()
      await hub.close()
    },
  }
}

/** Parameters of sendEdoc. */
export const edoc = (from: string, messagetype: 'edoc' | 'status' = 'edoc') => ({
  servicetype: 'eDoc',
  messagetype,
  from,
})

export function codeOf({ http, status, ErrorCode }: KitResult): string {
  return http === 200 ? `${status} ${ErrorCode}` : String(http)
}

import { createTrustSource, type HubConfig, periodic, type Service, type ServiceDeps } from '@docaxis/service'
import { createRegister } from './register/register-known.ts'

export interface TrustSettings {
  /** How often configured anchors and the addresses that certificates name are taken up. */
  readonly registerEveryMs: number
}

const defaults: TrustSettings = { registerEveryMs: 60_000 }

/** Keeps what authorities say of certificates fresh, and watches their ends. */
export function createService(config: HubConfig, deps: ServiceDeps, settings: TrustSettings = defaults): Service {
  const { database, logger } = deps
  const trust = createTrustSource(database, config.anchorsDir)
  const register = createRegister(database)

  const registrar = periodic({
    everyMs: settings.registerEveryMs,
    async work() {
      await register(await trust.current())
      return false
    },
    onError: error => logger.error({ err: error }, 'authorities were not taken up'),
  })

  return {
    name: 'trust',
    async start() {
      // Broken anchors are a fault of the configuration: found at the start.
      await trust.current()
      registrar.start()
      registrar.nudge()
    },
    stop: () => registrar.stop(),
  }
}

import { parseCrl } from '@docaxis/pki'
import { storedCrl } from '@docaxis/service'
import { type Database, putCrl } from '@docaxis/store'
import type { DemoKeyring } from './keyring.ts'

const hourMs = 3_600_000
const refreshMs = 6 * hourMs
/** Outlives two missed refreshes. */
const lifeMs = 24 * hourMs

/** Signs the demo authority's list of revoked certificates and gives it to the hub. */
export async function publishRevocationList(database: Database, keyring: DemoKeyring, now: Date): Promise<void> {
  const list = parseCrl(
    keyring.authority.crl({
      thisUpdate: now,
      nextUpdate: new Date(now.getTime() + lifeMs),
      revoked: [
        {
          serial: keyring.revokedSeal.certificate.serial,
          at: new Date(now.getTime() - hourMs),
          reason: 'keyCompromise',
        },
      ],
      number: Math.floor(now.getTime() / 1000),
    }),
  )
  await putCrl(database, storedCrl(list))
}

/** Publishes a new list every 6 hours until the hub stops. */
export function refreshRevocationList(publish: () => Promise<void>, onError: (error: unknown) => void): () => void {
  const timer = setInterval(() => publish().catch(onError), refreshMs)
  return () => clearInterval(timer)
}

import { KeyFault, type KeySource, keyDatesFault, openSigningKey, type SigningKey } from '@docaxis/keys'
import { ConfigError } from '../config.ts'
import { type KeyConfig, keySourcesOf } from './key-sources.ts'

/** The hub's keys, open. */
export interface HubKeys {
  readonly current: SigningKey
  /** Takes over at `from`, by the clock of the database. */
  readonly next?: { readonly key: SigningKey; readonly from: Date }
  close(): Promise<void>
}

/**
 * Opens the key that signs receipts, and the one that will. Without the first nothing can be evidenced.
 *
 * @throws ConfigError that names place, reason and fix: a key is missing, does not open, is not the one of its
 *   certificate, or the certificate does not cover the time it is to sign
 */
export async function openHubKeys(config: KeyConfig, now: Date): Promise<HubKeys> {
  const { current: source, next: planned } = keySourcesOf(config)
  if (!source) throw new ConfigError(['DOCAXIS_HUB_KEY_FILE is not set: receipts cannot be signed without it'])
  const current = await opened(source, planned && planned.from <= now ? undefined : now)
  if (!planned) return { current, close: current.close }
  try {
    const from = planned.from < now ? now : planned.from
    const next = { key: await opened(planned.source, from), from: planned.from }
    return { current, next, close: () => closeBoth(current, next.key) }
  } catch (error) {
    await current.close()
    throw error
  }
}

/** @param at when the key has to be usable; undefined: its time is over */
async function opened(source: KeySource, at: Date | undefined): Promise<SigningKey> {
  try {
    const key = await openSigningKey(source)
    const late = at && keyDatesFault(key.certificate, at)
    if (!late) return key
    await key.close()
    throw late
  } catch (error) {
    if (error instanceof KeyFault) throw new ConfigError([`hub key: ${error.message}`])
    throw error
  }
}

async function closeBoth(current: SigningKey, next: SigningKey): Promise<void> {
  await current.close()
  await next.close()
}

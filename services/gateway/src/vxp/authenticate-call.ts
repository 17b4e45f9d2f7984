import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { HubError } from '@docaxis/errors'
import { type Database, findVxpIdentities, openSealedSecret, type SecretBox, type VxpIdentity } from '@docaxis/store'
import { lookedUpInTime } from '../database-patience.ts'
import { VxpRefusal } from './refusal.ts'
import type { SignedCall } from './signed-call.ts'
import { type CallSource, mayCallFrom } from './source-network.ts'
import { parseKitTimestamp } from './vietnam-time.ts'

export interface AuthenticateDeps {
  readonly database: Database
  /** Absent where the hub has no key for secrets: then nobody has any. */
  readonly secrets: SecretBox | undefined
  readonly now: () => Date
}

/** What a signature is known by. */
export const signatureOf = (call: SignedCall): Buffer => createHash('sha256').update(call.signHeader).digest()

/** Whoever may stand behind the call's `systemid`, not yet proved. */
export function findCallers({ database }: AuthenticateDeps, call: SignedCall): Promise<readonly VxpIdentity[]> {
  return lookedUpInTime(findVxpIdentities(database, call.systemid, signatureOf(call)))
}

/**
 * Proves who calls: HMAC-SHA256 over the signed text with a secret of the system, then that what the operation reads
 * was signed, when, and from where.
 *
 * @param reads parameters of the operation
 * @throws VxpRefusal 15; HubError `STORAGE_UNAVAILABLE`: the system's secrets cannot be opened
 */
export function proveCaller(
  deps: AuthenticateDeps,
  candidates: readonly VxpIdentity[],
  call: SignedCall,
  reads: readonly string[],
  source: CallSource,
): VxpIdentity {
  const caller = candidates.find(candidate => secretsOf(deps, candidate).some(secret => fits(call, secret)))
  if (!caller) {
    // An unknown system takes as long as a wrong secret.
    if (candidates.length === 0) fits(call, randomBytes(32))
    throw new VxpRefusal('signature-wrong')
  }
  call.requireSigned(['systemid', 'timestamp', ...reads])
  checkTimestamp(call, caller, deps.now())
  if (!mayCallFrom(source, caller.settings.sourceNetworks)) {
    throw new VxpRefusal('plain-http', { address: source.address })
  }
  return caller
}

function secretsOf({ secrets: box }: AuthenticateDeps, { system, secrets }: VxpIdentity): readonly Buffer[] {
  if (secrets.length === 0) return []
  try {
    if (!box) throw new Error('DOCAXIS_SECRETS_KEY_FILE is not set')
    return secrets.map(secret => openSealedSecret(box, secret))
  } catch (cause) {
    // A fault of this hub's configuration, not of the caller: it may call again once it is repaired.
    throw new HubError('STORAGE_UNAVAILABLE', `the secrets of ${system.id} cannot be opened with this key file`, {
      retryAfterSeconds: 60,
      cause,
    })
  }
}

function fits({ signHeader, mac }: SignedCall, secret: Buffer): boolean {
  const expected = createHmac('sha256', secret).update(signHeader, 'utf8').digest()
  return /^[0-9a-f]{64}$/i.test(mac) && timingSafeEqual(Buffer.from(mac, 'hex'), expected)
}

const strictMaxAgeSeconds = 15 * 60

/** The kit sets its timestamp once in the life of a client object, so the window is a setting of each system. */
function checkTimestamp(call: SignedCall, { system, settings }: VxpIdentity, now: Date): void {
  const offsetSeconds = clockOffset(call, now)
  if (offsetSeconds === undefined) throw new VxpRefusal('timestamp-unreadable')
  if (offsetSeconds > settings.maxAheadSeconds) throw new VxpRefusal('timestamp-ahead', { offsetSeconds })
  const maxAgeSeconds = settings.maxAgeSeconds ?? (system.profile === 'legacy' ? 0 : strictMaxAgeSeconds)
  if (maxAgeSeconds > 0 && -offsetSeconds > maxAgeSeconds) {
    throw new VxpRefusal('timestamp-old', { offsetSeconds, maxAgeSeconds })
  }
}

/** Seconds by which the call's timestamp is ahead of the hub; negative for an older one. */
export function clockOffset(call: SignedCall, now: Date): number | undefined {
  const at = parseKitTimestamp(call.parameter('timestamp') ?? '')
  return at && Math.round((at.getTime() - now.getTime()) / 1_000)
}

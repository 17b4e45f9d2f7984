import { type KeyFault, keyDatesFault, type SigningKey } from '@docaxis/keys'
import type { HubConfig, HubKeys } from '@docaxis/service'
import {
  type Database,
  noteFirstSignature,
  registerHubCertificate,
  type SigningTurn,
  signingTurns,
  type Tx,
} from '@docaxis/store'
import { issuerOf } from './issuer.ts'
import type { Issuer } from './receipt-of.ts'
import { type Sign, signOne } from './sign-receipts.ts'

interface OwnKey {
  readonly key: SigningKey
  readonly issuer: Issuer
}

export interface TurnSigner {
  /** How to sign within this transaction: each receipt with the key whose turn it is when the receipt is issued. */
  within(tx: Tx): Promise<Sign>
  /** The certificate that should sign now, if this instance has no key for it. */
  missing(database: Database, at: Date): Promise<string | undefined>
}

/**
 * Registers the hub's certificates and signs with their keys. The database says when each takes its turn, and the
 * receipt's own time of issue, from the database's clock, decides; so several notaries change over at one instant.
 */
export async function createTurnSigner(
  keys: HubKeys,
  { config, database }: { readonly config: Pick<HubConfig, 'demo' | 'environment'>; readonly database: Database },
): Promise<TurnSigner> {
  const own = [keys.current, ...(keys.next ? [keys.next.key] : [])].map(key => ({
    key,
    issuer: issuerOf(config, key.certificate),
  }))
  await database.transaction(tx => register(tx, keys))

  return {
    async within(tx) {
      const turns = await signingTurns(tx)
      const noted = new Set(turns.filter(({ hasSigned }) => hasSigned).map(({ sha256 }) => sha256))
      return async receipt => {
        const { key, issuer } = ownKeyAt(own, turns, receipt.readAt)
        const { sha256 } = key.certificate
        if (!noted.has(sha256)) {
          noted.add(sha256)
          await noteFirstSignature(tx, sha256)
        }
        return await signOne(receipt, key, issuer)
      }
    },
    async missing(database, at) {
      const due = (await signingTurns(database)).findLast(({ signsFrom }) => signsFrom <= at)
      return due && !own.some(({ key }) => key.certificate.sha256 === due.sha256) ? due.sha256 : undefined
    },
  }
}

async function register(tx: Tx, { current, next }: HubKeys): Promise<void> {
  await registerHubCertificate(tx, rowOf(current))
  if (next) await registerHubCertificate(tx, { ...rowOf(next.key), signsFrom: next.from })
}

function rowOf({ certificate }: SigningKey) {
  const { sha256, der, subject, notBefore, notAfter } = certificate
  return { sha256, der, subject: subject.text, notBefore, notAfter }
}

/**
 * The newest of our keys that has its turn.
 *
 * @throws KeyFault when its certificate does not cover this time: such a receipt would prove nothing
 */
function ownKeyAt(own: readonly OwnKey[], turns: readonly SigningTurn[], at: Date): OwnKey {
  const due = turns
    .filter(({ signsFrom }) => signsFrom <= at)
    .flatMap(({ sha256 }) => own.filter(({ key }) => key.certificate.sha256 === sha256))
  const chosen = due.at(-1) ?? own[0]
  const fault: KeyFault | undefined = chosen && keyDatesFault(chosen.key.certificate, at)
  if (!chosen || fault) throw fault ?? new Error('the hub has no key')
  return chosen
}

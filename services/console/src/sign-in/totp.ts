import type { SecretBox } from '@docaxis/store'
import { Secret, TOTP } from 'otpauth'

const secretBytes = 20
const periodSeconds = 30
/** Clocks of telephones may be this many steps apart from ours (RFC 6238, 5.2). */
const stepsApart = 1

export function newTotpSecret(): Buffer {
  return Buffer.from(new Secret({ size: secretBytes }).bytes)
}

/** What an authenticator takes: as text to type, and as an address for its camera. */
export function totpSetup(secret: Buffer, login: string): { readonly text: string; readonly uri: string } {
  const totp = totpOf(secret, login)
  return { text: totp.secret.base32, uri: totp.toString() }
}

/** The time step whose code this is; undefined when it is none of now. */
export function totpStepOf(secret: Buffer, code: string, at: Date): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: at.getTime(), window: stepsApart })
  return delta === null ? undefined : Math.floor(at.getTime() / 1000 / periodSeconds) + delta
}

function totpOf(secret: Buffer, label = ''): TOTP {
  return new TOTP({
    issuer: 'docaxis',
    label,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
    period: periodSeconds,
  })
}

export const sealTotpSecret = (box: SecretBox, secret: Buffer, accountId: string): Buffer =>
  box.seal(secret, contextOf(accountId))

export const openTotpSecret = (box: SecretBox, sealed: Buffer, accountId: string): Buffer =>
  box.open(sealed, contextOf(accountId))

const contextOf = (accountId: string): string => `account-totp:${accountId}`

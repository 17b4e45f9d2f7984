import type { SecretBox, Sql } from '@docaxis/store'
import { type Account, giveTryBack, isPassword, takeTry, useTotpStep } from '@docaxis/store/console'
import { openTotpSecret, totpStepOf } from './totp.ts'

export interface Credentials {
  readonly login: string
  readonly password: string
  /** Six digits of the second factor. */
  readonly code?: string
}

export interface SignInDeps {
  readonly sql: Sql
  readonly secretBox: () => Promise<SecretBox>
  readonly now: () => Date
}

/** `code`: the password is right, the second factor has not been asked for yet. */
export type SignInOutcome =
  | { readonly kind: 'right'; readonly account: Account }
  | { readonly kind: 'code' }
  | { readonly kind: 'wrong' }

/**
 * Whose login and password these are. An unknown login, a wrong password, a disabled and a locked account are told
 * apart by nothing, the time taken included.
 */
export async function checkSignIn(deps: SignInDeps, { login, password, code }: Credentials): Promise<SignInOutcome> {
  const { sql } = deps
  const taken = await takeTry(sql, login.trim().toLowerCase())
  const right = await isPassword(password, taken?.passwordHash)
  if (!taken || !right) return { kind: 'wrong' }
  const { account, totpSealed } = taken
  if (totpSealed === undefined) return { kind: 'right', account }

  if (code === undefined) {
    await giveTryBack(sql, account.id)
    return { kind: 'code' }
  }
  const secret = openTotpSecret(await deps.secretBox(), totpSealed, account.id)
  const step = totpStepOf(secret, code, deps.now())
  const fresh = step !== undefined && (await useTotpStep(sql, account.id, step))
  return fresh ? { kind: 'right', account } : { kind: 'wrong' }
}

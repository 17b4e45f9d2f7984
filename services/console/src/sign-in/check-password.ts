import type { Sql } from '@docaxis/store'
import { type Account, findPassword, isPassword } from '@docaxis/store/console'

/** Whose login and password these are; undefined alike for an unknown login, a wrong password and a disabled account. */
export async function checkPassword(sql: Sql, login: string, password: string): Promise<Account | undefined> {
  const found = await findPassword(sql, login.trim().toLowerCase())
  const right = await isPassword(password, found?.passwordHash)
  if (!found || !right || found.account.disabledAt !== undefined) return undefined
  return found.account
}

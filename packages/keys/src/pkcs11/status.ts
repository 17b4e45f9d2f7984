/** Return values (PKCS #11 v2.40, section 5.1) that we tell apart or put into words. */
export const status = {
  ok: 0,
  pinIncorrect: 0xa0,
  pinLocked: 0xa4,
  alreadyLoggedIn: 0x100,
} as const

const words: Readonly<Record<number, string>> = {
  48: 'the device reports an error',
  50: 'the device was removed',
  104: 'the key may not sign',
  112: 'the token does not know this kind of signature',
  160: 'the PIN is wrong',
  163: 'the PIN has expired',
  164: 'the PIN is locked after too many wrong tries',
  179: 'the session was closed',
  224: 'the token is not present',
  257: 'nobody is logged in',
  258: 'the PIN of the user was never set',
}

export function describeStatus(value: number): string {
  const code = `0x${value.toString(16)}`
  const known = words[value]
  return known === undefined ? `answer ${code}` : `${known} (${code})`
}

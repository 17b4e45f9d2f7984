import { randomBytes, randomInt, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { HubError } from '@docaxis/errors'

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** 64 MiB and a quarter of a second for one guess (OWASP's password storage recommendations, scrypt). */
const cost = { log2N: 16, r: 8, p: 2 }
const keyBytes = 32

/** `scrypt$16$8$2$<salt>$<hash>`: what it cost stands with it, so that it can be made dearer later. */
export async function hashPassword(password: string, { log2N, r, p } = cost): Promise<string> {
  const salt = randomBytes(16)
  const key = await deriveKey(password, salt, { log2N, r, p })
  return ['scrypt', log2N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

/** @param stored undefined where there is no such account: the answer takes as long as for one that exists */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [, log2N, r, p, salt = '', hash = ''] = (stored ?? nobody).split('$')
  const expected = Buffer.from(hash, 'base64url')
  const key = await deriveKey(password, Buffer.from(salt, 'base64url'), {
    log2N: Number(log2N),
    r: Number(r),
    p: Number(p),
  })
  return stored !== undefined && expected.length === key.length && timingSafeEqual(expected, key)
}

/** For passwords of `randomPassword`: nobody guesses 76 bits, however cheap a guess. */
export const cheapCost: typeof cost = { log2N: 10, r: 8, p: 1 }

const signs = 'bcdfghjkmnpqrstvwxyz23456789'

/** Four groups of four that nobody confuses over a telephone: some 76 bits. */
export function randomPassword(): string {
  const letters = Array.from({ length: 16 }, () => signs[randomInt(signs.length)])
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

function deriveKey(password: string, salt: Buffer, { log2N, r, p }: typeof cost): Promise<Buffer> {
  const N = 2 ** log2N
  // One text has several spellings in Unicode; keyboards differ in which they type.
  return inTurn(() => derive(password.normalize('NFC'), salt, keyBytes, { N, r, p, maxmem: 2 * 128 * N * r }))
}

/** Guesses that wait, of everybody: at a quarter of a second each nobody waits longer for more. */
const mostWaiting = 50
let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/** One at a time: whoever guesses without an account must not take the threads on which documents are written. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting >= mostWaiting) {
    throw new HubError('RATE_LIMITED', 'too many people sign in at this moment', { retryAfterSeconds: 10 })
  }
  waiting += 1
  const turn = last.then(work)
  last = turn.catch(() => undefined)
  try {
    return await turn
  } finally {
    waiting -= 1
  }
}

const nobody = `scrypt$${cost.log2N}$${cost.r}$${cost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`

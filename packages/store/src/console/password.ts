import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** 64 MiB and a quarter of a second for one guess (OWASP's password storage recommendations, scrypt). */
const cost = { log2N: 16, r: 8, p: 2 }
const keyBytes = 32

/** `scrypt$16$8$2$<salt>$<hash>`: what it cost stands with it, so that it can be made dearer later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const { log2N, r, p } = cost
  const key = await deriveKey(password, salt, cost)
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

function deriveKey(password: string, salt: Buffer, { log2N, r, p }: typeof cost): Promise<Buffer> {
  const N = 2 ** log2N
  // One text has several spellings in Unicode; keyboards differ in which they type.
  return derive(password.normalize('NFC'), salt, keyBytes, { N, r, p, maxmem: 2 * 128 * N * r })
}

const nobody = `scrypt$${cost.log2N}$${cost.r}$${cost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`

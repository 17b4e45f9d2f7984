import { KeyFault } from '../key-fault.ts'
import { readSecret } from '../read-files.ts'
import type { Pkcs11Source } from '../types.ts'
import { type Cryptoki, ulongBytes } from './cryptoki.ts'
import { describeStatus, status } from './status.ts'

/** A session that is logged in, and the key as this session names it. */
export interface Session {
  readonly session: number
  readonly key: number
}

const readOnly = 0x4
const normalUser = 1
const labelBytes = 32
/** More than CK_TOKEN_INFO has. */
const infoBytes = 512
const maxSlots = 256

/**
 * Opens sessions with the key. The token is looked for once, and anew after a session could not be opened: some libraries
 * list no token at all while they are asked by several threads.
 *
 * @returns opens one; it throws KeyFault: no such token, wrong PIN, no such key, or several
 */
export function sessionOpener(cryptoki: Cryptoki, source: Pkcs11Source): () => Promise<Session> {
  let slot: Promise<number> | undefined
  return async () => {
    slot ??= findSlot(cryptoki, source)
    try {
      return await openSession(cryptoki, source, await slot)
    } catch (error) {
      slot = undefined
      throw error
    }
  }
}

async function openSession(cryptoki: Cryptoki, source: Pkcs11Source, slot: number): Promise<Session> {
  const place = `token ${source.tokenLabel}`
  const opened: [number] = [0]
  hold(await cryptoki.openSession(slot, readOnly, null, null, opened), place, 'check that the token works')
  const [session] = opened
  try {
    await login(cryptoki, session, source)
    return { session, key: await findKey(cryptoki, session, source) }
  } catch (error) {
    await cryptoki.closeSession(session)
    throw error
  }
}

async function findSlot(cryptoki: Cryptoki, { module, tokenLabel }: Pkcs11Source): Promise<number> {
  const slots = ulongBytes === 8 ? new BigUint64Array(maxSlots) : new Uint32Array(maxSlots)
  const count: [number] = [maxSlots]
  hold(await cryptoki.slots(1, slots, count), module, "see the manual of the token's maker")
  const labels: string[] = []
  for (const slot of Array.from(slots.subarray(0, count[0]), Number)) {
    const info = Buffer.alloc(infoBytes)
    if ((await cryptoki.tokenInfo(slot, info)) !== status.ok) continue
    const label = info.toString('utf8', 0, labelBytes).trimEnd()
    if (label === tokenLabel) return slot
    labels.push(label)
  }
  const there = labels.filter(label => label !== '').join(', ') || 'none'
  const fix = `put it in, or correct DOCAXIS_PKCS11_TOKEN (tokens there: ${there})`
  throw new KeyFault(`token ${tokenLabel}`, `is not present in ${module}`, fix)
}

async function login(cryptoki: Cryptoki, session: number, { tokenLabel, pinFile }: Pkcs11Source): Promise<void> {
  const pin = Buffer.from(await readSecret(pinFile))
  const answer = await cryptoki.login(session, normalUser, pin, pin.length)
  pin.fill(0)
  if (answer === status.ok || answer === status.alreadyLoggedIn) return
  const fix =
    answer === status.pinLocked
      ? "have the token's security officer set a new PIN"
      : `put the right PIN into ${pinFile} before the next start: a token locks itself after a few wrong ones`
  throw new KeyFault(`token ${tokenLabel}`, describeStatus(answer), fix)
}

const attribute = { class: 0, label: 3 }
const privateKeyClass = 3

async function findKey(cryptoki: Cryptoki, session: number, { tokenLabel, keyLabel }: Pkcs11Source): Promise<number> {
  const label = Buffer.from(keyLabel)
  const kind = Buffer.alloc(ulongBytes)
  kind.writeUInt32LE(privateKeyClass)
  const template = [
    { type: attribute.class, value: kind, length: kind.length },
    { type: attribute.label, value: label, length: label.length },
  ]
  const place = `key ${keyLabel} of token ${tokenLabel}`
  hold(await cryptoki.findInit(session, template, template.length), place, 'check that the token works')
  const first = await findOne(cryptoki, session)
  const second = await findOne(cryptoki, session)
  await cryptoki.findFinal(session)
  if (first === undefined) {
    throw new KeyFault(place, 'is not there', 'correct DOCAXIS_PKCS11_KEY (`pkcs11-tool --list-objects` shows labels)')
  }
  if (second !== undefined) throw new KeyFault(place, 'is there twice', 'give the two keys labels of their own')
  return first
}

async function findOne(cryptoki: Cryptoki, session: number): Promise<number | undefined> {
  const found: [number] = [0]
  const count: [number] = [0]
  await cryptoki.find(session, found, 1, count)
  return count[0] === 1 ? found[0] : undefined
}

/** @throws KeyFault unless the call went well */
export function hold(answer: number, place: string, fix: string): void {
  if (answer !== status.ok) throw new KeyFault(place, describeStatus(answer), fix)
}

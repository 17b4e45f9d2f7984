import { promisify } from 'node:util'
import { KeyFault } from '../key-fault.ts'
import { messageOf } from '../read-files.ts'

/** The few functions of a token's library that signing takes (PKCS #11 v2.40, section 5). Each gives its CK_RV. */
export interface Cryptoki {
  readonly initialize: (args: object) => Promise<number>
  readonly slots: (withToken: number, slots: BigUint64Array | Uint32Array | null, count: [number]) => Promise<number>
  readonly tokenInfo: (slot: number, info: Buffer) => Promise<number>
  readonly openSession: (slot: number, flags: number, data: null, notify: null, session: [number]) => Promise<number>
  readonly closeSession: (session: number) => Promise<number>
  readonly login: (session: number, user: number, pin: Buffer, length: number) => Promise<number>
  readonly findInit: (session: number, template: object[], count: number) => Promise<number>
  readonly find: (session: number, objects: [number], most: number, count: [number]) => Promise<number>
  readonly findFinal: (session: number) => Promise<number>
  readonly signInit: (session: number, mechanism: object, key: number) => Promise<number>
  readonly sign: (session: number, data: Buffer, size: number, out: Buffer, length: [number]) => Promise<number>
}

/** Bytes of CK_ULONG: as long as C's on this platform. */
export const ulongBytes = process.platform === 'win32' ? 4 : 8

// Places in CK_FUNCTION_LIST (pkcs11f.h): fixed by the standard.
const places = {
  initialize: 0,
  slots: 4,
  tokenInfo: 6,
  openSession: 12,
  closeSession: 13,
  login: 18,
  findInit: 26,
  find: 27,
  findFinal: 28,
  signInit: 42,
  sign: 43,
} as const
const functions = 68

const loaded = new Map<string, Promise<Cryptoki>>()
/** For ever: the bridge unloads the code of a library that nobody refers to any more, and its functions are then nowhere. */
const libraries: unknown[] = []

/**
 * Loads the library of a token once in this process, and initializes it. The bridge to C is loaded only now, so that a
 * hub without a token runs where there is none.
 *
 * @throws KeyFault when there is no bridge for this machine, or the file is no PKCS#11 library
 */
export function loadCryptoki(module: string): Promise<Cryptoki> {
  const known = loaded.get(module) ?? load(module)
  loaded.set(module, known)
  known.catch(() => loaded.delete(module))
  return known
}

async function load(module: string): Promise<Cryptoki> {
  const koffi = await bridge(module)
  const { struct, proto, array, decode, pointer, inout, out } = koffi
  // The standard packs its structures to single bytes on Windows only.
  const layout = process.platform === 'win32' ? koffi.pack : struct
  const attribute = layout({ type: 'ulong', value: 'void *', length: 'ulong' })
  const mechanism = layout({ mechanism: 'ulong', parameter: 'void *', length: 'ulong' })
  const options = layout({ mutexes: array('void *', 4), flags: 'ulong', reserved: 'void *' })
  const count = inout(pointer('ulong'))
  const handle = out(pointer('ulong'))
  const prototypes: Record<keyof Cryptoki, ReturnType<typeof proto>> = {
    initialize: proto('ulong', [pointer(options)]),
    slots: proto('ulong', ['uint8', 'void *', count]),
    tokenInfo: proto('ulong', ['ulong', 'void *']),
    openSession: proto('ulong', ['ulong', 'ulong', 'void *', 'void *', handle]),
    closeSession: proto('ulong', ['ulong']),
    login: proto('ulong', ['ulong', 'ulong', 'void *', 'ulong']),
    findInit: proto('ulong', ['ulong', pointer(attribute), 'ulong']),
    find: proto('ulong', ['ulong', handle, 'ulong', handle]),
    findFinal: proto('ulong', ['ulong']),
    signInit: proto('ulong', ['ulong', pointer(mechanism), 'ulong']),
    sign: proto('ulong', ['ulong', 'void *', 'ulong', 'void *', count]),
  }
  const table = layout({ version: array('uint8', 2), functions: array('void *', functions) })
  const list = decode(functionList(koffi, module), table)
  const entries = Object.entries(prototypes).map(([name, prototype]) => {
    const call: { readonly async: (...values: unknown[]) => void } = decode(
      list.functions[places[name as keyof Cryptoki]],
      prototype,
    )
    return [name, promisify(call.async)]
  })
  const cryptoki: Cryptoki = Object.fromEntries(entries)
  await initialize(cryptoki, module)
  return cryptoki
}

async function bridge(module: string) {
  try {
    const { default: koffi } = await import('koffi')
    return koffi
  } catch (error) {
    const fix = 'install the optional package koffi for this platform, or use a key file'
    throw new KeyFault(module, `PKCS#11 cannot be used on this machine: ${messageOf(error)}`, fix, error)
  }
}

function functionList(koffi: Awaited<ReturnType<typeof bridge>>, module: string): unknown {
  const fix = 'set DOCAXIS_PKCS11_MODULE to the library of the token, for instance /usr/lib/softhsm/libsofthsm2.so'
  try {
    const list: [unknown] = [null]
    const library = koffi.load(module)
    libraries.push(library)
    const status = library.func('ulong C_GetFunctionList(_Out_ void **list)')(list)
    if (status === 0) return list[0]
  } catch (error) {
    throw new KeyFault(module, `is no PKCS#11 library that can be loaded: ${messageOf(error)}`, fix, error)
  }
  throw new KeyFault(module, 'gives no list of functions', fix)
}

const osLocking = 2
const alreadyInitialized = 0x191

/** Our calls come from several threads. The library stays initialized until the process ends. */
async function initialize(cryptoki: Cryptoki, module: string): Promise<void> {
  const status = await cryptoki.initialize({ mutexes: [null, null, null, null], flags: osLocking, reserved: null })
  if (status === 0 || status === alreadyInitialized) return
  throw new KeyFault(module, `does not start: 0x${status.toString(16)}`, "see the manual of the token's maker")
}

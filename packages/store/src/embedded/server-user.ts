import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { copyBinaries } from './binaries-copy.ts'

const run = promisify(execFile)

export interface Account {
  readonly uid: number
  readonly gid: number
}

/** How the programs of PostgreSQL are started. */
export interface ServerUser {
  readonly binaries: Binaries
  /** Undefined: the hub's own user. */
  readonly account: Account | undefined
  /** Words before the program, by which it becomes that user; empty where the system call does. */
  readonly prefix: readonly string[]
}

export interface ServerFolders {
  /** The hub's data folder. */
  readonly dataDir: string
  /** The data folder of PostgreSQL in it; need not exist yet. */
  readonly cluster: string
}

/** Either lets a process look into closed folders; containers often grant only the second. */
const capabilities = ['dac_read_search', 'dac_override']

/**
 * PostgreSQL refuses to run as root. A hub started by root runs it as the owner of its data, for new data as
 * `postgres` or `nobody`.
 *
 * Where that user cannot reach the programs or the data (a clone under /root), it gets one capability through setpriv;
 * where that does not work, it runs a copy of the programs in the data folder.
 */
export async function serverUser(binaries: Binaries, folders: ServerFolders): Promise<ServerUser> {
  const own = process.getuid?.()
  const owner = await ownerOf(folders.cluster)
  if (own !== 0) {
    if (own !== undefined && owner !== undefined && owner.uid !== own) {
      throw new Error(`${folders.cluster} belongs to user ${owner.uid}, the hub runs as user ${own}`)
    }
    return { binaries, account: undefined, prefix: [] }
  }

  const account = owner ?? (await accountNamed('postgres')) ?? (await accountNamed('nobody'))
  if (account === undefined) throw new Error('PostgreSQL does not run as root, and there is no user nobody')
  return await unprivileged(binaries, folders, account)
}

async function unprivileged(binaries: Binaries, { dataDir }: ServerFolders, account: Account): Promise<ServerUser> {
  const plain: ServerUser = { binaries, account, prefix: [] }
  const reachesData = await works(plain, 'test', ['-x', dataDir])
  if (reachesData && (await works(plain, binaries.postgres, ['--version']))) return plain

  for (const capability of capabilities) {
    const user: ServerUser = { binaries, account, prefix: setprivWords(account, capability) }
    if (await works(user, binaries.postgres, ['--version'])) return user
  }
  if (!reachesData) {
    throw new Error(
      `PostgreSQL does not run as root, and user ${account.uid} cannot enter ${dataDir}: set DOCAXIS_DATA_DIR to an open folder, or start the hub as an ordinary user`,
    )
  }
  return { ...plain, binaries: await copyBinaries(binaries, dataDir) }
}

/**
 * `no_setuid_fixup`: initdb looks for its own program with access(2), which forgets the capabilities of everybody but
 * root unless that bit is set.
 */
function setprivWords({ uid, gid }: Account, capability: string): readonly string[] {
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    `--inh-caps=+${capability}`,
    `--ambient-caps=+${capability}`,
    '--securebits=+no_setuid_fixup',
  ]
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly options: { readonly cwd: string; readonly uid?: number; readonly gid?: number }
}

/** The working folder is one that every user may enter. */
export function commandAs(user: ServerUser, program: string, args: readonly string[]): Command {
  const [file, ...words] = [...user.prefix, program, ...args]
  const account = user.prefix.length === 0 ? user.account : undefined
  return { file: file ?? program, args: words, options: { cwd: process.platform === 'win32' ? '.' : '/', ...account } }
}

async function works(user: ServerUser, program: string, args: readonly string[]): Promise<boolean> {
  const { file, args: words, options } = commandAs(user, program, args)
  return await run(file, words, options).then(
    () => true,
    () => false,
  )
}

/** Undefined for a folder that does not exist, or that root still has to give away. */
async function ownerOf(folder: string): Promise<Account | undefined> {
  const { uid, gid } = await stat(folder).catch(() => ({ uid: 0, gid: 0 }))
  return uid === 0 ? undefined : { uid, gid }
}

async function accountNamed(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, it, vi } from 'vitest'
import { type Binaries, binariesIn, findBinaries } from '../../src/embedded/binaries.ts'
import { createCluster } from '../../src/embedded/create-cluster.ts'
import { type ServerFolders, serverUser } from '../../src/embedded/server-user.ts'
import { cleanUps, dataFolder } from './helpers.ts'

const after = cleanUps()
afterEach(async () => {
  vi.unstubAllEnvs()
  await after.run()
})

const run = promisify(execFile)
const asRootOnLinux = process.getuid?.() === 0 && process.platform === 'linux'
const address = {
  settings: {},
  initdbArguments: ['--auth=trust'],
  connectionString: () => '',
  close: async () => undefined,
}

/** mkdtemp makes it 0700: as a clone under /root is. */
async function closedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-closed-'))
  after.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function binariesInClosedFolder(): Promise<Binaries> {
  const folder = join(await closedFolder(), 'native')
  await cp(findBinaries().root, folder, { recursive: true, verbatimSymlinks: true })
  return binariesIn(folder)
}

async function foldersIn(dataDir: string): Promise<ServerFolders> {
  await mkdir(dataDir, { recursive: true })
  return { dataDir, cluster: join(dataDir, 'postgres') }
}

/** PATH with the few commands needed, and no setpriv. */
async function hideSetpriv(): Promise<void> {
  const folder = await dataFolder(after)
  for (const command of ['id', 'test']) {
    const { stdout } = await run('which', [command])
    await symlink(stdout.trim(), join(folder, command))
  }
  vi.stubEnv('PATH', folder)
}

it.runIf(asRootOnLinux)('becomes another user by system call where that user reaches everything', async () => {
  const binaries = await binariesInClosedFolder()
  await chmod(join(binaries.root, '..'), 0o755)
  const folders = await foldersIn(await dataFolder(after))

  const user = await serverUser(binaries, folders)

  expect(user).toMatchObject({ binaries, prefix: [] })
  expect(user.account?.uid).not.toBe(0)
  await expect(createCluster(user, folders.cluster, address)).resolves.toBe(true)
})

it.runIf(asRootOnLinux)('looks into closed folders by one capability', async () => {
  const binaries = await binariesInClosedFolder()
  const folders = await foldersIn(join(await closedFolder(), 'data'))

  const user = await serverUser(binaries, folders)

  expect(user.prefix).toContain('--ambient-caps=+dac_read_search')
  await expect(createCluster(user, folders.cluster, address)).resolves.toBe(true)
})

it.runIf(asRootOnLinux)('runs a copy in the data folder where there is no setpriv', async () => {
  const binaries = await binariesInClosedFolder()
  const folders = await foldersIn(await dataFolder(after))
  await hideSetpriv()

  const user = await serverUser(binaries, folders)

  expect(user.binaries.root).toMatch(/postgres-programs-\w+$/)
  await expect(createCluster(user, folders.cluster, address)).resolves.toBe(true)
})

it.runIf(asRootOnLinux)('says what to do where nothing works', async () => {
  const folders = await foldersIn(join(await closedFolder(), 'data'))
  await hideSetpriv()

  await expect(serverUser(findBinaries(), folders)).rejects.toThrow(/set DOCAXIS_DATA_DIR to an open folder/)
})

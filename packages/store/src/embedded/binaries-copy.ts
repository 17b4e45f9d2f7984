import { createHash } from 'node:crypto'
import { cp, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, binariesIn } from './binaries.ts'

const prefix = 'postgres-programs-'

/** A copy of the programs in the data folder, made once for each release of them; older copies go. */
export async function copyBinaries(binaries: Binaries, dataDir: string): Promise<Binaries> {
  const { size, mtimeMs } = await stat(binaries.postgres)
  const release = createHash('sha256').update(`${size} ${mtimeMs}`).digest('hex').slice(0, 12)
  const folder = join(dataDir, `${prefix}${release}`)

  for (const name of await readdir(dataDir)) {
    const other = join(dataDir, name)
    if (name.startsWith(prefix) && other !== folder) await rm(other, { recursive: true })
  }
  if (!(await exists(folder))) {
    const draft = `${folder}.new`
    // The libraries are found through relative links.
    await cp(binaries.root, draft, { recursive: true, verbatimSymlinks: true })
    await rename(draft, folder)
  }
  return binariesIn(folder)
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}

import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, binariesIn, findBinaries } from '../../packages/store/src/embedded/binaries.ts'
import { LocalSetupError, runProgram } from './programs.ts'

/** Where Debian and its kin put each major version. */
const debianRoot = '/usr/lib/postgresql'
const oldest = 15

/**
 * The PostgreSQL to run: for data that exists the version that made it, otherwise Debian's newest, otherwise npm's.
 *
 * @throws LocalSetupError when no version fits
 */
export async function choosePostgres(cluster: string): Promise<Binaries> {
  const madeBy = await readFile(join(cluster, 'PG_VERSION'), 'utf8').then(
    text => Number(text),
    () => undefined,
  )
  const major = madeBy ?? debianMajors()[0]
  if (major !== undefined && existsSync(join(debianRoot, String(major), 'bin', 'postgres'))) {
    return binariesIn(join(debianRoot, String(major)))
  }

  const fromNpm = findBinaries()
  const npmMajor = Number(/\) (\d+)/.exec(await runProgram(fromNpm.postgres, ['--version']))?.[1])
  if (madeBy === undefined || madeBy === npmMajor) return fromNpm
  throw new LocalSetupError(
    `${cluster} was made by PostgreSQL ${madeBy}, which is not installed: apt-get install postgresql-${madeBy}, or remove the folder`,
  )
}

/** Installed major versions that the hub can use, newest first. */
function debianMajors(): number[] {
  if (!existsSync(debianRoot)) return []
  return readdirSync(debianRoot)
    .map(Number)
    .filter(major => major >= oldest)
    .sort((a, b) => b - a)
}

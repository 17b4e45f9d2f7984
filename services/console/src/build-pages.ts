import { createHash, randomUUID } from 'node:crypto'
import { access, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const source = fileURLToPath(new URL('../web/', import.meta.url))
/** A folder for one state of the sources, named by its stamp. */
const builds = fileURLToPath(new URL('../dist/', import.meta.url))
/** The public pages stay as small as they are, whatever the console grows to. */
const documents = ['console', 'verify', 'help']
const nameOf = (document: string): string => join(source, `${document}.html`)
const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)
/** The best takes ten times as long for a tenth less, and a first start waits for it. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
const draftPrefix = 'draft-'

export interface BuiltPages {
  /** Where they lie. */
  readonly folder: string
  /** Whether they were built now. */
  readonly built: boolean
}

/**
 * Builds the pages when their sources have changed since: the first start on a clone needs no other command. A release
 * brings them built, and the builder is then not even loaded.
 */
export async function buildPages(): Promise<BuiltPages> {
  const stamp = await sourceStamp()
  const folder = join(builds, stamp)
  if (await exists(folder)) return { folder, built: false }

  const draft = join(builds, draftPrefix + randomUUID())
  await buildInto(draft)
  await appearAs(folder, draft)
  await removeOlder(stamp)
  return { folder, built: true }
}

async function buildInto(folder: string): Promise<void> {
  const { build } = await import('vite')
  await build({
    root: source,
    configFile: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      modulePreload: false,
      assetsInlineLimit: 0,
      rolldownOptions: { input: documents.map(nameOf) },
    },
    plugins: [oneTemplate(await readFile(join(source, 'page.html'), 'utf8'))],
  })
  await compressAssets(join(folder, 'assets'))
}

/** Whole or not at all: of hubs that start side by side on one clone, the first to finish builds for all. */
async function appearAs(folder: string, draft: string): Promise<void> {
  try {
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true })
    if (!(await exists(folder))) throw error
  }
}

async function removeOlder(stamp: string): Promise<void> {
  const older = (await readdir(builds)).filter(name => name !== stamp && !name.startsWith(draftPrefix))
  await Promise.all(older.map(name => rm(join(builds, name), { recursive: true, force: true })))
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}

/** Packed once, beside the files themselves: whoever serves them has nothing to do. */
async function compressAssets(assets: string): Promise<void> {
  await Promise.all(
    (await readdir(assets)).map(async name => {
      const file = join(assets, name)
      const bytes = await readFile(file)
      const [br, gz] = await Promise.all([brotli(bytes, brotliOptions), gzipped(bytes)])
      await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
    }),
  )
}

/** The documents are one file, but for the program that each starts: `console-main.tsx`, `verify-main.tsx`, `help-main.tsx`. */
function oneTemplate(template: string): Plugin {
  const texts = new Map(documents.map(name => [nameOf(name), template.replace('%MAIN%', `${name}-main`)]))
  return {
    name: 'one-template',
    resolveId: id => (texts.has(id) ? id : undefined),
    load: id => texts.get(id),
  }
}

/** SHA-256 over names and contents of all sources. */
async function sourceStamp(): Promise<string> {
  const entries = await readdir(source, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const file of files.sort())
    hash
      .update(relative(source, file))
      .update('\0')
      .update(await readFile(file))
  return hash.digest('hex')
}

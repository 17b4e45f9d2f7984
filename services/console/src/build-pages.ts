import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const source = fileURLToPath(new URL('../web/', import.meta.url))
const folder = fileURLToPath(new URL('../dist/', import.meta.url))
/** The public pages stay as small as they are, whatever the console grows to. */
const documents = ['console', 'verify', 'help']
const nameOf = (document: string): string => join(source, `${document}.html`)
const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)
/** The best takes ten times as long for a tenth less, and a first start waits for it. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
const stampFile = join(folder, 'built-from')

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
  if ((await readFile(stampFile, 'utf8').catch(() => undefined)) === stamp) return { folder, built: false }

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
  await compressAssets()
  await writeFile(stampFile, stamp)
  return { folder, built: true }
}

/** Packed once, beside the files themselves: whoever serves them has nothing to do. */
async function compressAssets(): Promise<void> {
  const assets = join(folder, 'assets')
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

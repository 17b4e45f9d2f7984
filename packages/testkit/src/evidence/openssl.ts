import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Runs openssl once in a folder of its own that holds `files`, and gives what it wrote to `out`. */
export async function opensslOnce(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[],
  out: string,
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-openssl-'))
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    await run('openssl', args, { cwd: folder })
    return await readFile(join(folder, out))
  } finally {
    await rm(folder, { recursive: true })
  }
}

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { itWithPrograms } from '@docaxis/testkit'
import { afterAll, beforeAll, expect } from 'vitest'

// Vendors who use neither of our clients generate one from the OpenAPI document: what is generated must compile.

const run = promisify(execFile)
const root = join(import.meta.dirname, '../../..')
const openapi = join(root, 'schemas/openapi/gateway.json')
const tsc = join(root, 'node_modules/typescript/bin/tsc')
const pom = join(import.meta.dirname, 'generated/pom.xml')
const itWithMaven = itWithPrograms('mvn')

const tsconfig = {
  compilerOptions: {
    noEmit: true,
    strict: true,
    target: 'es2022',
    lib: ['es2022', 'dom'],
    module: 'nodenext',
    types: [],
  },
  include: ['**/*.ts'],
}

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docaxis-generated-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

itWithMaven(
  'compiles what OpenAPI Generator makes of the hub’s document, in Java and in TypeScript',
  async () => {
    const settings = [`-DbuildDirectory=${folder}`, `-Dopenapi=${openapi}`]
    // Compiles the Java client, or fails with what the compiler says.
    await run('mvn', ['-q', '-B', '-f', pom, ...settings, 'compile']).catch(failure => {
      throw new Error(failure.stdout)
    })

    const typescript = join(folder, 'typescript')
    await writeFile(join(typescript, 'tsconfig.json'), JSON.stringify(tsconfig))
    const { stdout } = await run(process.execPath, [tsc, '-p', typescript]).catch(failure => failure)

    expect(stdout).toBe('')
  },
  600_000,
)

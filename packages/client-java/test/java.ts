import { execFile } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..')
const main = join(root, 'src/main/java/org/docaxis/client')
const tests = join(root, 'src/test/java')

/**
 * Compiles the client for Java 8 and its test programs, into `folder`. A warning is a fault.
 *
 * @returns the class path
 */
export async function compile(folder: string): Promise<string> {
  const sources = (await readdir(main)).map(file => join(main, file))
  const classes = join(folder, 'classes')
  // Newer JDKs warn that 8 will not be compiled for much longer.
  const lint = ['--release', '8', '-Xlint:all,-options', '-Werror', '-encoding', 'UTF-8']
  await run('javac', [...lint, '-d', classes, ...sources])
  const programs = (await readdir(tests)).map(file => join(tests, file))
  await run('javac', [...lint, '-cp', classes, '-d', classes, ...programs])
  return classes
}

/** Compiles one more program beside them, as a reader of the README would. */
export async function compileProgram(classes: string, name: string, source: string): Promise<void> {
  const file = join(classes, `${name}.java`)
  await writeFile(file, source)
  await run('javac', ['--release', '8', '-Xlint:-options', '-encoding', 'UTF-8', '-cp', classes, '-d', classes, file])
}

export interface RunWish {
  readonly env?: Readonly<Record<string, string>>
  /** Options of the virtual machine. */
  readonly heap?: readonly string[]
}

/** What a program prints. */
export async function runJava(
  classes: string,
  program: string,
  args: readonly string[],
  { env = {}, heap = [] }: RunWish = {},
): Promise<string> {
  const command = ['-Dfile.encoding=UTF-8', '-Dstdout.encoding=UTF-8', ...heap, '-cp', classes, program, ...args]
  const { stdout } = await run('java', command, { env: { ...process.env, ...env } })
  return stdout
}

/** Packs the client with Maven, as whoever publishes it does. @returns the names inside the jar */
export async function packWithMaven(folder: string): Promise<readonly string[]> {
  await run('mvn', ['-q', '-B', '-f', join(root, 'pom.xml'), `-DbuildDirectory=${folder}`, 'package'])
  const { stdout } = await run('jar', ['--list', '--file', join(folder, 'docaxis-client-0.1.0.jar')])
  return stdout.trim().split('\n')
}

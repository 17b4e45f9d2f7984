import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
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

/** What a program prints. */
export async function runJava(classes: string, program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('java', ['-Dfile.encoding=UTF-8', '-cp', classes, program, ...args])
  return stdout
}

/** Packs the client with Maven, as whoever publishes it does. @returns the names inside the jar */
export async function packWithMaven(folder: string): Promise<readonly string[]> {
  await run('mvn', ['-q', '-B', '-f', join(root, 'pom.xml'), `-DbuildDirectory=${folder}`, 'package'])
  const { stdout } = await run('jar', ['--list', '--file', join(folder, 'docaxis-client-0.1.0.jar')])
  return stdout.trim().split('\n')
}

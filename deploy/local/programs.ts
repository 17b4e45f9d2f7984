import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** What an administrator can put right; shown without a stack. */
export class LocalSetupError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LocalSetupError'
  }
}

/**
 * Runs a program to its end.
 *
 * @throws LocalSetupError naming the program and the last lines it printed
 */
export async function runProgram(program: string, args: readonly string[], cwd?: string): Promise<string> {
  try {
    const { stdout } = await execute(program, [...args], { cwd, maxBuffer: 64 * 1024 * 1024 })
    return stdout
  } catch (error) {
    throw new LocalSetupError(`${program} ${args[0] ?? ''} failed: ${lastLines(error)}`)
  }
}

/** Whether `program args` runs and ends well, such as `java -version`. */
export async function answers(program: string, args: readonly string[]): Promise<boolean> {
  return await execute(program, [...args], { timeout: 20_000 }).then(
    () => true,
    () => false,
  )
}

function lastLines(error: unknown): string {
  const { stdout = '', stderr = '', message = String(error) } = error as Partial<Record<string, string>>
  const said = `${stdout}\n${stderr}`.trim()
  return (said === '' ? message : said).split('\n').slice(-5).join('\n')
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'

const main = resolve(import.meta.dirname, '../src/command/main.ts')

/**
 * Runs the `docaxis` command in a process of its own, without settings of whoever runs the tests.
 *
 * @param env what the command is given beside
 */
export async function runCommand(args: readonly string[], env: Readonly<Record<string, string>>) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:DOCAXIS_|LANG$|LC_)/.test(name))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    env: { ...Object.fromEntries(inherited), ...env },
    cwd: env.INIT_CWD,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [[code], out, err] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
  return { code: code as number | null, out, err }
}

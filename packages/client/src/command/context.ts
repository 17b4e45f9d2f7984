import { constants, openAsBlob } from 'node:fs'
import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { type Client, createClient } from '../client.ts'
import { createTransport, type Transport } from '../transport.ts'
import { demoAgency } from './demo-agency.ts'
import { UsageError } from './exit-codes.ts'
import { printable, printableJson } from './printable.ts'
import { languageOf, type Words, wordsIn } from './words.ts'

/** What the command line was given before the command's own options. */
export interface GlobalOptions {
  readonly json?: boolean
  readonly lang?: 'vi' | 'en'
  readonly url?: string
  readonly as?: string
}

/** What a command needs from outside; `main.ts` makes one per run. */
export interface Context {
  readonly env: NodeJS.ProcessEnv
  readonly options: GlobalOptions
  readonly words: Words
  /** Prints `value` under --json, else the lines made for people. */
  answer(value: unknown, lines: () => readonly string[]): void
  /** Prints one line of JSON at once, whatever the options: one answer of many. */
  record(value: unknown): void
  /** The outcome when it is not 0 but no error either, such as a receipt that is not valid. */
  exit(code: number): void
  readonly url: string
  client(): Promise<Client>
  /** For calls that the SDK does not have: administration. */
  transport(): Promise<Transport>
  /** Bearer token; never printed. */
  token(): Promise<string>
  /** A file named by the user, against the folder the user stands in. */
  file(name: string): string
  /** A path as the user would write it: without the folder the user stands in. */
  shown(path: string): string
  /** Its content, streamed from disk. @throws a file error when it cannot be read */
  blob(name: string): Promise<Blob>
  readonly dataDir: string
  /** Where this user's unfinished work is remembered from one run to the next. */
  readonly stateDir: string
}

export interface Terminal {
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  readonly write: (text: string) => void
  /** For what is no answer: standard error. */
  readonly tell: (text: string) => void
  readonly exit: (code: number) => void
}

/** Shorter waits are over before they are read. */
const leastToldWaitMs = 1_000

export function createContext(terminal: Terminal, options: GlobalOptions): Context {
  const { env } = terminal
  // pnpm runs scripts in the workspace's folder and keeps the user's own in INIT_CWD.
  const userDir = env.INIT_CWD || terminal.cwd
  const url = options.url ?? (env.DOCAXIS_URL || 'http://127.0.0.1:8080')
  const dataDir = resolve(terminal.cwd, env.DOCAXIS_DATA_DIR || 'data')

  async function token(): Promise<string> {
    if (options.as !== undefined) return (await demoAgency(dataDir, options.as)).token
    const given = env.DOCAXIS_TOKEN
    if (given) return given
    throw new UsageError(
      "no token: set DOCAXIS_TOKEN to your system's token, or name a demo agency with --as CODE",
      'chưa có mã truy cập: đặt DOCAXIS_TOKEN bằng mã của hệ thống, hoặc chọn một cơ quan của bản thử bằng --as MÃ',
    )
  }

  const words = wordsIn(options.lang ?? languageOf(env))
  const transportOptions = async () => ({ url, token: await token(), onWait: tellOfWait })

  function tellOfWait(reason: Error, waitMs: number): void {
    if (waitMs < leastToldWaitMs) return
    terminal.tell(`${printable(`${reason.message}; ${words.say('tryAgainIn')} ${Math.round(waitMs / 1000)} s`)}\n`)
  }

  return {
    env,
    options,
    words,
    answer(value, lines) {
      const text = options.json ? printableJson(value) : lines().map(printable).join('\n')
      if (text !== '') terminal.write(`${text}\n`)
    },
    record: value => terminal.write(`${printableJson(value, 0)}\n`),
    exit: terminal.exit,
    url,
    client: async () => createClient(await transportOptions()),
    transport: async () => createTransport(await transportOptions()),
    token,
    file: name => resolve(userDir, name),
    shown(path) {
      const short = relative(userDir, path)
      return short === '' || short.startsWith('..') ? path : short
    },
    async blob(name) {
      const path = resolve(userDir, name)
      // openAsBlob does not say why it could not.
      await access(path, constants.R_OK)
      return openAsBlob(path)
    },
    dataDir,
    stateDir: join(env.XDG_STATE_HOME || env.LOCALAPPDATA || join(homedir(), '.local', 'state'), 'docaxis'),
  }
}

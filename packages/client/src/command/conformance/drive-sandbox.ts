import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Scorecard } from '../../conformance.ts'
import { UsageError } from '../exit-codes.ts'

/** How the system under test is told to do its next turn; neither: it polls by itself. */
export interface Sandbox {
  /** A command for the shell; gets the scorecard as JSON on standard input. */
  readonly hook?: string
  /** An address; gets the scorecard as JSON. */
  readonly webhook?: string
}

const webhookTimeoutMs = 60_000

/** Has the sandbox do one turn. @throws UsageError when it cannot */
export async function driveSandbox({ hook, webhook }: Sandbox, card: Scorecard): Promise<void> {
  if (hook !== undefined) await runHook(hook, card)
  if (webhook !== undefined) await callWebhook(webhook, card)
}

async function runHook(command: string, card: Scorecard): Promise<void> {
  // What the hook says goes to standard error: standard output is the scorecard's.
  const child = spawn(command, { shell: true, stdio: ['pipe', process.stderr, process.stderr] })
  // A hook need not read what it is given.
  child.stdin.on('error', () => undefined)
  child.stdin.end(JSON.stringify(card))
  const [code] = await once(child, 'exit')
  if (code === 0) return
  throw new UsageError(`the hook ended with ${code}: ${command}`, `lệnh điều khiển kết thúc với mã ${code}: ${command}`)
}

async function callWebhook(url: string, card: Scorecard): Promise<void> {
  const answer = await post(url, card)
  if (answer === 'reached') return
  throw new UsageError(`the sandbox at ${url} answered ${answer}`, `hệ thống thử tại ${url} trả lời ${answer}`)
}

async function post(url: string, card: Scorecard): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(card),
      signal: AbortSignal.timeout(webhookTimeoutMs),
    })
    await response.arrayBuffer()
    return response.ok ? 'reached' : String(response.status)
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return cause instanceof Error ? cause.message : String(cause)
  }
}

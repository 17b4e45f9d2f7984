import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { utcEnvironment } from '../xmlsec-command.ts'
import type { Tool } from './tools.ts'
import type { WayName } from './ways.ts'

const pollMs = 1

/** Peak resident memory of one run over one file, in a process of its own. */
export function peakOfTool(tool: Tool, file: string): Promise<number> {
  const [program, ...args] = tool([file])
  return peakOf(program, args)
}

/** The same for a way of ours: what Node itself takes is part of it. */
export function peakOfWay(way: WayName, file: string, folder: string): Promise<number> {
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'run-way.ts'), way, file, folder]
  return peakOf(process.execPath, args)
}

/** The kernel keeps the peak as long as the process lives, so the last look before its end is enough. */
function peakOf(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { env: utcEnvironment, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-500)
  })
  let peakBytes = 0
  const timer = setInterval(() => {
    peakBytes = Math.max(peakBytes, highWaterMark(child.pid))
  }, pollMs)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => {
      clearInterval(timer)
      if (code === 0) resolve(peakBytes)
      else reject(new Error(`${program} ended with code ${code}: ${said}`))
    })
  })
}

/** From /proc (Linux); 0 when the process has ended. */
function highWaterMark(pid: number | undefined): number {
  try {
    const [, kibibytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kibibytes) * 1024
  } catch {
    return 0
  }
}

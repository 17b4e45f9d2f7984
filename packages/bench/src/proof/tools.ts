import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../processes.ts'
import { utcEnvironment, xmlsecVerify } from '../xmlsec-command.ts'

/** A program that reads files one after the other. */
export type Tool = (files: readonly string[]) => readonly [program: string, ...args: string[]]

export const xmllint: Tool = files => [
  'xmllint',
  '--huge',
  '--noout',
  '--schema',
  join(repositoryRoot, 'schemas', 'edxml', 'envelope.xsd'),
  ...files,
]

export function xmlsec1(anchorFile: string): Tool {
  return files => xmlsecVerify(anchorFile, files)
}

/** Time of one file: a run over `runs` and `base` files less a run over `base`, so that the process start does not count. */
export function toolMs(tool: Tool, file: string, runs: number, base: number): number {
  return (timeMs(tool, file, runs + base) - timeMs(tool, file, base)) / runs
}

function timeMs(tool: Tool, file: string, times: number): number {
  const [program, ...args] = tool(Array.from({ length: times }, () => file))
  const started = performance.now()
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', env: utcEnvironment, maxBuffer: 2 ** 26 })
  if (status !== 0) throw new Error(`${program} failed: ${stderr.slice(0, 500)}`)
  return performance.now() - started
}

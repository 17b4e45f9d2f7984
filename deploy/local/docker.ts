import { join } from 'node:path'
import { answers, runProgram } from './programs.ts'

const composeFile = join(import.meta.dirname, 'compose.yaml')
const project = 'docaxis-local'

/** What compose.yaml beside this file says. */
export const dockerSettings = {
  databaseUrl: 'postgresql://docaxis:docaxis@127.0.0.1:15432/docaxis',
  kafkaBrokers: '127.0.0.1:19092',
}

/** Whether an engine answers and knows `compose`: the program alone is often there without either. */
export async function hasDocker(): Promise<boolean> {
  return (await answers('docker', ['info'])) && (await answers('docker', ['compose', 'version']))
}

/** Starts both containers and waits until their health checks pass. Data stays in Docker's volumes. */
export async function startContainers(): Promise<void> {
  await compose('up', '--detach', '--wait')
}

export async function stopContainers(): Promise<void> {
  await compose('stop')
}

export async function listContainers(): Promise<string> {
  return await compose('ps')
}

async function compose(...args: readonly string[]): Promise<string> {
  return await runProgram('docker', ['compose', '--project-name', project, '--file', composeFile, ...args])
}

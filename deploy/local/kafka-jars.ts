import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { answers, LocalSetupError, runProgram } from './programs.ts'

const pomFolder = join(import.meta.dirname, '../kafka')

/** What is missing on this machine to run a broker from its jars; undefined when nothing is. */
export async function whyNoKafka(): Promise<string | undefined> {
  if (!(await answers('java', ['-version']))) {
    return 'Kafka needs Java 17 or newer: apt-get install openjdk-17-jre-headless maven'
  }
  if (!(await answers('mvn', ['-version']))) return 'Kafka is fetched by Maven: apt-get install maven'
  return undefined
}

/**
 * The folder with the jars of the version that deploy/kafka/pom.xml names. Maven fetches them the first time; later
 * starts need no network.
 *
 * @throws LocalSetupError when Java or Maven is missing or Maven cannot fetch
 */
export async function kafkaJars(cacheFolder: string): Promise<string> {
  const pom = await readFile(join(pomFolder, 'pom.xml'), 'utf8')
  const version = /<kafka\.version>([^<]+)</.exec(pom)?.[1] ?? 'unknown'
  const folder = join(cacheFolder, `kafka-${version}`)
  if (existsSync(folder)) return folder

  const missing = await whyNoKafka()
  if (missing !== undefined) throw new LocalSetupError(missing)
  await mkdir(cacheFolder, { recursive: true })
  const unfinished = `${folder}.${process.pid}`
  await runProgram('mvn', [
    '--batch-mode',
    '--quiet',
    '--file',
    join(pomFolder, 'pom.xml'),
    'dependency:copy-dependencies',
    `-DoutputDirectory=${unfinished}`,
    '-DincludeScope=runtime',
  ])
  await keepFirst(unfinished, folder)
  return folder
}

/** Two processes may fetch at once; the second throws its copy away. */
async function keepFirst(unfinished: string, folder: string): Promise<void> {
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true, force: true }))
}

import { join } from 'node:path'
import { startEmbedded } from '@docaxis/store/embedded'
import { startKafka, stopKafka } from '../../../deploy/local/kafka.ts'
import { measureThroughput, type ThroughputResult } from './load/throughput.ts'
import { repositoryRoot } from './processes.ts'
import { quiet } from './quiet.ts'
import { scratchFolder } from './scratch.ts'

export type Shape = 'embedded' | 'distributed'

/** The same load on the hub alone, and on the hub with PostgreSQL and Kafka beside it. */
export async function benchThroughput(
  shape: Shape,
  load: { readonly documents: number; readonly concurrency: number },
): Promise<ThroughputResult> {
  const options = { ...load, documentBytes: 10_000 }
  if (shape === 'embedded') return measureThroughput({ ...options, env: {} })

  const folder = await scratchFolder()
  const kafkaFolder = join(folder, 'kafka')
  const kafka = await startKafka({ folder: kafkaFolder, cacheFolder: join(repositoryRoot, '.local'), wantedPort: 0 })
  const postgres = await startEmbedded({ dataDir: join(folder, 'database'), log: quiet })
  try {
    return await measureThroughput({
      ...options,
      env: { DOCAXIS_DATABASE_URL: postgres.connectionString, DOCAXIS_KAFKA_BROKERS: kafka.brokers },
      otherPids: () => [postgres.pid, kafka.pid],
    })
  } finally {
    await postgres.stop()
    await stopKafka(kafkaFolder)
  }
}

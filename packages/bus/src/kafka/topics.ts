import { topics } from '@docaxis/events'
import type { ITopicMetadata, Kafka } from 'kafkajs'
import { withAdmin } from './client.ts'

/** A week: longer than any group stands still, and the log may be lost anyway. */
const retentionMs = 7 * 24 * 3_600_000

/**
 * Creates the topics that are missing, also after the broker lost them, and adds partitions where there are fewer than
 * the outbox numbers. Never takes any away.
 */
export async function ensureTopics(kafka: Kafka, partitions: number, replicationFactor: number): Promise<void> {
  await withAdmin(kafka, async admin => {
    const existing = new Set(await admin.listTopics())
    const missing = topics.filter(topic => !existing.has(topic))
    if (missing.length > 0) {
      await admin.createTopics({
        waitForLeaders: true,
        topics: missing.map(topic => ({
          topic,
          numPartitions: partitions,
          replicationFactor,
          configEntries: [
            // One copy may be away without stopping the log.
            { name: 'min.insync.replicas', value: String(Math.max(1, replicationFactor - 1)) },
            { name: 'retention.ms', value: String(retentionMs) },
          ],
        })),
      })
    }

    const metadata = await admin.fetchTopicMetadata({ topics: [...topics] })
    const narrow = metadata.topics.filter(topic => isNarrow(topic, partitions))
    if (narrow.length > 0) {
      await admin.createPartitions({ topicPartitions: narrow.map(({ name }) => ({ topic: name, count: partitions })) })
    }
  })
}

function isNarrow(topic: ITopicMetadata, partitions: number): boolean {
  return topic.partitions.length < partitions
}

import { parentPort } from 'node:worker_threads'
import { type Agency, readReform } from '@docaxis/directory'
import type { ThreadMessage } from '../ask-directory-thread.ts'

// The other side of `readReformFile`.
let existing: Agency[] = []

parentPort?.on('message', (message: ThreadMessage<Agency, Uint8Array>) => {
  if ('existing' in message) {
    for (const agency of message.existing) existing.push(agency)
    return
  }
  const reading = readReform(message.question, existing)
  existing = []
  parentPort?.postMessage(reading)
})

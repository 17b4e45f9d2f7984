import { parentPort } from 'node:worker_threads'
import { type DirectoryNode, readDirectory } from '@docaxis/directory'
import { agencyRows } from './agency-rows.ts'
import type { ThreadMessage } from './ask-directory-thread.ts'
import type { DirectoryFile, DirectoryQuestion } from './directory-file.ts'

// The other side of `readDirectoryFile`.
let existing: DirectoryNode[] = []

parentPort?.on('message', (message: ThreadMessage<DirectoryNode, DirectoryQuestion>) => {
  if ('existing' in message) {
    for (const node of message.existing) existing.push(node)
    return
  }
  const { bytes, format } = message.question
  const { agencies, faults, faultCount } = readDirectory(bytes, format, existing)
  const file: DirectoryFile = { rows: agencyRows(faultCount > 0 ? [] : agencies), faults, faultCount }
  existing = []
  parentPort?.postMessage(file)
})

import { parentPort } from 'node:worker_threads'
import { type DirectoryNode, readDirectory } from '@docaxis/directory'
import { agencyRows } from './agency-rows.ts'
import type { DirectoryFile, DirectoryMessage } from './directory-file.ts'

// The other side of `readDirectoryFile`.
const existing: DirectoryNode[] = []

parentPort?.on('message', (message: DirectoryMessage) => {
  if ('existing' in message) {
    for (const node of message.existing) existing.push(node)
    return
  }
  const { agencies, faults, faultCount } = readDirectory(message.bytes, message.format, existing)
  const file: DirectoryFile = { rows: agencyRows(faultCount > 0 ? [] : agencies), faults, faultCount }
  parentPort?.postMessage(file)
})

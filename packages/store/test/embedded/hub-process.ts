/** A hub reduced to its database, for tests that kill it: starts, writes one line of JSON, and runs until it is killed. */
import { startEmbedded } from '../../src/embedded/index.ts'

const [dataDir = ''] = process.argv.slice(2)
const ignore = () => undefined

try {
  const { connectionString, pid } = await startEmbedded({
    dataDir,
    log: { info: ignore, warn: ignore, error: ignore },
    fsync: false,
  })
  process.stdout.write(`${JSON.stringify({ connectionString, pid, uid: process.getuid?.() })}\n`)
  setInterval(ignore, 1_000)
} catch (error) {
  process.stdout.write(`${JSON.stringify({ fault: String(error) })}\n`)
}

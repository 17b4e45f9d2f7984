import type { Command } from 'commander'
import type { Context } from '../context.ts'
import { bytes, facts } from '../output.ts'
import { fileNameOf } from '../printable.ts'
import { createProgress } from '../progress.ts'

interface FetchOptions {
  readonly ack?: boolean
  readonly sha256?: string
}

export function addFetchCommand(program: Command, context: () => Context): void {
  program
    .command('fetch')
    .description('fetch one delivery, byte for byte as it was sent')
    .argument('<delivery>')
    .argument('[file]', 'default: <delivery>.edxml')
    .option('--sha256 <hex>', 'keep the file only when it has this SHA-256')
    .option('--ack', 'acknowledge once the file is safe on disk')
    .action((deliveryId, name, options) =>
      fetchToFile(context(), deliveryId, name ?? fileNameOf(deliveryId, 'edxml'), options),
    )
}

async function fetchToFile(context: Context, deliveryId: string, name: string, options: FetchOptions): Promise<void> {
  const { words } = context
  const client = await context.client()
  const progress = createProgress(process.stderr)
  const fetched = await client
    .fetchDelivery(deliveryId, context.file(name), {
      onProgress: progress.report,
      ...(options.sha256 && { sha256: options.sha256.toLowerCase() }),
    })
    .finally(progress.end)
  if (options.ack) await client.ack(deliveryId)

  context.answer({ ...fetched, acknowledged: options.ack === true }, () => [
    `${words.say('fetched')}: ${context.shown(fetched.file)}`,
    ...facts([
      [words.say('sha256'), fetched.sha256],
      [words.say('size'), bytes(fetched.sizeBytes)],
    ]),
    ...(options.ack ? [words.say('acknowledged')] : []),
  ])
}

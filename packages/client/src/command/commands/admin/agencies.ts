import { createWriteStream } from 'node:fs'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import type { Context } from '../../context.ts'

interface ImportOptions {
  readonly mode: 'merge' | 'replace'
  readonly dryRun?: boolean
}

interface ImportCounts {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly removed: number
}

export function addAgencyAdmin(admin: Command, context: () => Context): void {
  admin
    .command('import-agencies')
    .description('import the directory from CSV or JSON, all or nothing')
    .argument('<file>')
    .addOption(new Option('--mode <mode>').choices(['merge', 'replace']).default('merge'))
    .option('--dry-run', 'only say what would change')
    .action((name, options) => importAgencies(context(), name, options))
  admin
    .command('export-agencies')
    .description('export the whole directory; .json gives JSON, anything else CSV')
    .argument('<file>')
    .action(name => exportAgencies(context(), name))
}

async function importAgencies(context: Context, name: string, options: ImportOptions): Promise<void> {
  const blob = await context.blob(name)
  const transport = await context.transport()
  const counts = await transport.json<ImportCounts>({
    method: 'POST',
    path: '/admin/agencies/import',
    query: { format: formatOf(name), mode: options.mode, ...(options.dryRun && { dryRun: 'true' }) },
    headers: { 'content-type': formatOf(name) === 'json' ? 'application/json' : 'text/csv' },
    body: () => blob,
  })
  const { added, changed, unchanged, removed } = counts
  context.answer(counts, () => [
    `${context.words.say(options.dryRun ? 'wouldImport' : 'imported')}: +${added} ~${changed} =${unchanged} -${removed}`,
  ])
}

async function exportAgencies(context: Context, name: string): Promise<void> {
  const file = context.file(name)
  const transport = await context.transport()
  const response = await transport.send({ path: '/admin/agencies/export', query: { format: formatOf(name) } })
  if (response.body) await pipeline(Readable.fromWeb(response.body), createWriteStream(file))
  context.answer({ file }, () => [`${context.words.say('written')}: ${file}`])
}

const formatOf = (name: string): 'csv' | 'json' => (extname(name).toLowerCase() === '.json' ? 'json' : 'csv')

import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { Page } from '../../../answers.ts'
import type { Transport } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { exitCodes, UsageError } from '../../exit-codes.ts'
import { failureLines } from '../../failure.ts'
import { table } from '../../output.ts'

interface CrlAnswer {
  readonly sha256: string
  readonly issuer: string
  readonly number: string | null
  readonly delta: boolean
  readonly partial: boolean
  readonly thisUpdate: string
  readonly nextUpdate: string | null
}

interface Imported {
  readonly from: string
  readonly issuer: string
  readonly entries: number
  readonly kept: boolean
}

/** A list that the hub did not take, and why. */
interface NotImported {
  readonly from: string
  readonly error: unknown
}

/** V48; a mirror is no better than what it mirrors. */
const maxBytes = 64 * 1024 * 1024
const timeoutMs = 30_000

export function addCrlCommands(trust: Command, context: () => Context): void {
  const crl = trust.command('crl').description('revocation lists')
  crl
    .command('list')
    .description('those held, and until when they count')
    .action(() => listCrls(context()))
  crl
    .command('import')
    .description('give the hub lists from files, folders, or an internal mirror; the newest of each issuer stays')
    .argument('<source...>', 'PEM or DER file, folder of *.crl and *.pem, or http(s) address')
    .action(sources => importCrls(context(), sources))
}

async function listCrls(context: Context): Promise<void> {
  const { words } = context
  const transport = await context.transport()
  const { items } = await transport.json<Page<CrlAnswer>>({ path: '/admin/crls' })
  context.answer(items, () =>
    table(
      items.map(({ issuer, number, delta, partial, thisUpdate, nextUpdate }) => [
        words.time(thisUpdate),
        nextUpdate ? `${words.say('until')} ${words.time(nextUpdate)}` : '',
        number ?? '',
        [delta && 'delta', partial && words.say('partial')].filter(Boolean).join(','),
        issuer,
      ]),
    ),
  )
}

async function importCrls(context: Context, sources: readonly string[]): Promise<void> {
  const transport = await context.transport()
  const outcomes: (Imported | NotImported)[] = []
  for (const source of sources) {
    for (const from of await expand(context, source)) outcomes.push(await importOne(context, transport, from))
  }
  const failed = outcomes.filter(outcome => 'error' in outcome)
  // One alone fails as every command does; of several the others still count.
  if (outcomes.length === 1 && failed[0]) throw failed[0].error
  const told = outcomes.map(outcome => ('error' in outcome ? { ...outcome, error: String(outcome.error) } : outcome))
  context.answer(told, () => outcomes.flatMap(outcome => linesOf(context, outcome)))
  if (failed.length > 0) context.exit(exitCodes.refused)
}

function linesOf({ words }: Context, outcome: Imported | NotImported): string[] {
  if ('error' in outcome) return [`${outcome.from}:`, ...failureLines(outcome.error, words).map(line => `  ${line}`)]
  const { kept, issuer, entries } = outcome
  return [`${words.say(kept ? 'imported' : 'crlOlder')}: ${issuer} (${entries})`]
}

async function importOne(context: Context, transport: Transport, from: string): Promise<Imported | NotImported> {
  try {
    const bytes = isAddress(from) ? await download(from) : new Uint8Array(await readFile(context.file(from)))
    const answer = await transport.json<Omit<Imported, 'from'>>({
      method: 'POST',
      path: '/admin/crls',
      headers: { 'content-type': 'application/pkix-crl' },
      body: () => bytes,
    })
    return { from, ...answer }
  } catch (error) {
    return { from, error }
  }
}

/** A folder stands for the lists in it. */
async function expand(context: Context, source: string): Promise<readonly string[]> {
  if (isAddress(source) || !(await stat(context.file(source))).isDirectory()) return [source]
  const names = (await readdir(context.file(source))).filter(name => /\.(crl|pem)$/i.test(name)).sort()
  if (names.length === 0) throw new UsageError(`${source} holds no list`, `${source} không có danh sách nào`)
  return names.map(name => join(source, name))
}

async function download(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
  if (!answer.ok) throw new UsageError(`${url} answers ${answer.status}`, `${url} trả lời ${answer.status}`)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw new UsageError(`${url} is larger than 64 MiB`, `${url} lớn hơn 64 MiB`)
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source)
}

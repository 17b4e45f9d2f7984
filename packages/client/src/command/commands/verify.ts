import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { exitCodes, UsageError } from '../exit-codes.ts'
import { answerLine } from '../verify/batch.ts'
import { certificateFiles } from '../verify/certificate-files.ts'
import type { Profile } from '../verify/file-verdict.ts'
import { parseMoment } from '../verify/moment.ts'
import { reportLines } from '../verify/report.ts'
import { verifyFile } from '../verify/verify-file.ts'
import { addVerifyCert } from './verify-cert.ts'

interface VerifyOptions {
  readonly profile?: Profile
  readonly cert: readonly string[]
  readonly anchor: readonly string[]
  readonly crl: readonly string[]
  readonly at?: Date
  readonly batch?: string
}

export function addVerifyCommands(program: Command, context: () => Context): void {
  const collect = (value: string, before: readonly string[]) => [...before, value]
  const verify = program.command('verify').description('check signatures, offline')
  verify
    .command('xml')
    .description('check a signed XML file: an edXML packet, or any other')
    .argument('[file]')
    .addOption(
      new Option('--profile <profile>', 'rules to check by (default: as the file is)').choices(['edxml', 'generic']),
    )
    .option('--cert <file>', 'only the key of this certificate counts; may be repeated', collect, [])
    .option('--anchor <file>', 'the signer must lead to this authority; may be repeated', collect, [])
    .option('--crl <file>', 'revocation list of an authority; may be repeated', collect, [])
    .option('--at <time>', 'the judged time, RFC 3339 (default: now)', parseMoment)
    .option(
      '--batch <manifest>',
      'JSON lines {"id","file","profile","certificates","anchors","at"}; answers line by line',
    )
    .action((name, options) => run(context(), name, options))
  addVerifyCert(verify, context)
}

function run(context: Context, name: string | undefined, options: VerifyOptions): Promise<void> {
  if (options.batch !== undefined && name === undefined) return verifyBatch(context, options.batch, options.at)
  if (options.batch === undefined && name !== undefined) return verifyOne(context, name, options)
  throw new UsageError(
    'name one file, or a manifest with --batch',
    'hãy chỉ ra một tệp, hoặc một danh sách bằng --batch',
  )
}

async function verifyOne(context: Context, name: string, options: VerifyOptions): Promise<void> {
  const paths = (names: readonly string[]) => (names.length === 0 ? undefined : names.map(context.file))
  const request = {
    file: context.file(name),
    profile: options.profile,
    certificates: paths(options.cert),
    anchors: paths(options.anchor),
    crls: paths(options.crl),
    at: options.at ?? new Date(),
    hashed: true,
  }
  const outcome = await verifyFile(request, certificateFiles())
  context.answer(outcome, () => reportLines(outcome, context))
  if (outcome.verdict !== 'VALID') {
    context.exit(outcome.verdict === 'INDETERMINATE' ? exitCodes.tryLater : exitCodes.refused)
  }
}

/** Answers in the order of the lines, each as soon as it is there. */
async function verifyBatch(context: Context, name: string, at = new Date()): Promise<void> {
  const manifest = context.file(name)
  const options = { files: certificateFiles(), file: context.file, manifestFolder: dirname(manifest), at }
  await using handle = await open(manifest)
  for await (const line of handle.readLines({ encoding: 'utf8' })) {
    const text = line.replace(/^\ufeff/, '')
    if (text.trim() !== '') context.record(await answerLine(text, options))
  }
}

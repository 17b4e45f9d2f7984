import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { answerBatch } from '../verify/batch.ts'
import { certificateFiles } from '../verify/certificate-files.ts'
import type { Profile } from '../verify/file-verdict.ts'
import { parseMoment } from '../verify/moment.ts'
import { reportLines } from '../verify/report.ts'
import { verifyFile } from '../verify/verify-file.ts'
import { xmlLines } from '../verify/xml-lines.ts'
import { collect } from './collect.ts'
import { oneOrBatch } from './one-or-batch.ts'
import { addVerifyCert } from './verify-cert.ts'
import { addVerifyEvidence } from './verify-evidence.ts'
import { addVerifyPath } from './verify-path.ts'
import { addVerifyPdf } from './verify-pdf.ts'

interface VerifyOptions {
  readonly profile?: Profile
  readonly cert: readonly string[]
  readonly anchor: readonly string[]
  readonly crl: readonly string[]
  readonly at?: Date
  readonly batch?: string
}

export function addVerifyCommands(program: Command, context: () => Context): void {
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
  addVerifyEvidence(verify, context)
  addVerifyPath(verify, context)
  addVerifyPdf(verify, context)
}

function run(context: Context, name: string | undefined, options: VerifyOptions): Promise<void> {
  return oneOrBatch(name, options.batch, {
    one: file => verifyOne(context, file, options),
    batch: manifest => answerBatch(context, manifest, xmlLines(certificateFiles(context), options.at ?? new Date())),
  })
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
  const outcome = await verifyFile(request, certificateFiles(context))
  context.answer(outcome, () => reportLines(outcome, context))
  if (outcome.verdict !== 'VALID') {
    context.exit(outcome.verdict === 'INDETERMINATE' ? exitCodes.tryLater : exitCodes.refused)
  }
}

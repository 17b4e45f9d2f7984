import type { PdfProfile } from '@docaxis/signature'
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { answerBatch } from '../verify/batch.ts'
import { certificateFiles } from '../verify/certificate-files.ts'
import { parseMoment } from '../verify/moment.ts'
import { pdfLines, pdfProfiles } from '../verify/pdf-lines.ts'
import { pdfReport } from '../verify/pdf-report.ts'
import { verifyPdfFile } from '../verify/verify-pdf-file.ts'
import { collect } from './collect.ts'
import { oneOrBatch } from './one-or-batch.ts'

interface PdfOptions {
  readonly anchor: readonly string[]
  readonly crl: readonly string[]
  readonly ocsp: readonly string[]
  readonly at?: Date
  readonly profile: PdfProfile
  readonly batch?: string
}

const anyPdf: PdfProfile = 'generic'

export function addVerifyPdf(verify: Command, context: () => Context): void {
  verify
    .command('pdf')
    .description('check every signature of a PDF, and what was changed after each')
    .argument('[file]')
    .option('--anchor <file>', 'signers must lead to this authority; may be repeated', collect, [])
    .option('--crl <file>', 'revocation list of an authority; may be repeated', collect, [])
    .option('--ocsp <file>', 'OCSP response; may be repeated', collect, [])
    .option('--at <time>', 'the judged time of what no time stamp proves, RFC 3339 (default: now)', parseMoment)
    .addOption(
      new Option('--profile <profile>', 'what may come after a signature').choices(pdfProfiles).default(anyPdf),
    )
    .option('--batch <manifest>', 'JSON lines {"id","file","anchors","crls","at","profile"}; answers line by line')
    .action((name, options) => run(context(), name, options))
}

function run(context: Context, name: string | undefined, options: PdfOptions): Promise<void> {
  return oneOrBatch(name, options.batch, {
    one: file => verifyOne(context, file, options),
    batch: manifest => answerBatch(context, manifest, pdfLines(certificateFiles(context), options.at ?? new Date())),
  })
}

async function verifyOne(context: Context, name: string, options: PdfOptions): Promise<void> {
  const paths = (names: readonly string[]) => (names.length === 0 ? undefined : names.map(context.file))
  const request = {
    file: context.file(name),
    profile: options.profile,
    anchors: paths(options.anchor),
    crls: paths(options.crl),
    ocsp: paths(options.ocsp),
    at: options.at ?? new Date(),
  }
  const outcome = await verifyPdfFile(request, certificateFiles(context))
  context.answer(outcome, () => pdfReport(outcome, context))
  if (outcome.verdict !== 'VALID') {
    context.exit(outcome.verdict === 'INDETERMINATE' ? exitCodes.tryLater : exitCodes.refused)
  }
}

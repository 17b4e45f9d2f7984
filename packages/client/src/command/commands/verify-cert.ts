import { createTrust, type Purpose } from '@docaxis/pki'
import { judgeCertificate } from '@docaxis/signature'
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { certificateFiles } from '../verify/certificate-files.ts'
import { certificateReport } from '../verify/certificate-report.ts'
import { parseMoment } from '../verify/moment.ts'

interface VerifyCertOptions {
  readonly intermediate: readonly string[]
  readonly anchor: readonly string[]
  readonly crl: readonly string[]
  readonly at?: Date
  readonly purpose: Purpose
}

const purposes = ['document', 'seal', 'official', 'tsa', 'ocsp', 'any'] satisfies readonly Purpose[]

export function addVerifyCert(verify: Command, context: () => Context): void {
  const collect = (value: string, before: readonly string[]) => [...before, value]
  verify
    .command('cert')
    .description('check a certificate: its path, its dates, whether it is revoked')
    .argument('<file>', 'PEM or DER; further certificates in a PEM may lead to the issuer')
    .option('--anchor <file>', 'an authority you trust; may be repeated', collect, [])
    .option('--intermediate <file>', 'an authority between the two; may be repeated', collect, [])
    .option('--crl <file>', 'revocation list of an authority; may be repeated', collect, [])
    .option('--at <time>', 'the judged time, RFC 3339 (default: now)', parseMoment)
    .addOption(new Option('--purpose <purpose>', 'what it is to be good for').choices(purposes).default('document'))
    .action((name, options) => verifyCert(context(), name, options))
}

async function verifyCert(context: Context, name: string, options: VerifyCertOptions): Promise<void> {
  const files = certificateFiles()
  const certificates = async (names: readonly string[]) =>
    (await Promise.all(names.map(one => files.certificates(context.file(one))))).flat()

  const file = context.file(name)
  const [certificate, ...others] = await files.certificates(file)
  if (!certificate) throw new Error(`${file} holds no certificate`)
  const anchors = await certificates(options.anchor)
  const intermediates = [...others, ...(await certificates(options.intermediate))]
  const crls = await Promise.all(options.crl.map(one => files.crl(context.file(one))))

  const trust = createTrust({ anchors, crls })
  const at = options.at ?? new Date()
  const outcome = { file, ...judgeCertificate({ certificate, intermediates, trust, at, purpose: options.purpose }) }
  context.answer(outcome, () => certificateReport(outcome, context))
  if (outcome.verdict !== 'VALID') {
    context.exit(outcome.verdict === 'INDETERMINATE' ? exitCodes.tryLater : exitCodes.refused)
  }
}

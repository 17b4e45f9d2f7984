import type { Purpose, RevocationMode } from '@docaxis/pki'
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { answerBatch } from '../verify/batch.ts'
import { certificateFiles } from '../verify/certificate-files.ts'
import { parseMoment } from '../verify/moment.ts'
import { pathLines } from '../verify/path-lines.ts'
import { type CertificateOptions, verifyCertificate } from '../verify/verify-certificate.ts'
import { collect } from './collect.ts'
import { oneOrBatch } from './one-or-batch.ts'
import { purposes } from './verify-cert.ts'

interface PathOptions extends Omit<CertificateOptions, 'policy'> {
  readonly policy: readonly string[]
  readonly explicitPolicy?: boolean
  readonly inhibitMapping?: boolean
  readonly inhibitAny?: boolean
  readonly batch?: string
}

const modes = ['required', 'if-available', 'none'] satisfies readonly RevocationMode[]
const anyPolicy = '2.5.29.32.0'
const anyPurpose: Purpose = 'any'

/** The certification path alone, with every input of RFC 5280 section 6.1.1. */
export function addVerifyPath(verify: Command, context: () => Context): void {
  verify
    .command('path')
    .description('check a certification path by RFC 5280, one or many')
    .argument('[file]', 'PEM or DER; further certificates in a PEM may lead to the issuer')
    .option('--anchor <file>', 'an authority you trust; may be repeated', collect, [])
    .option('--intermediate <file>', 'an authority between the two; may be repeated', collect, [])
    .option('--crl <file>', 'revocation list, complete or delta; may be repeated', collect, [])
    .option('--ocsp <file>', 'OCSP response; may be repeated', collect, [])
    .option('--at <time>', 'the judged time, RFC 3339 (default: now)', parseMoment)
    .addOption(new Option('--purpose <purpose>', 'what it is to be good for').choices(purposes).default(anyPurpose))
    .addOption(new Option('--revocation <mode>', 'what to ask of revocation data').choices(modes).default('required'))
    .option('--policy <oid>', 'an acceptable policy; may be repeated (default: any)', collect, [])
    .option('--explicit-policy', 'the path must be valid for an acceptable policy')
    .option('--inhibit-mapping', 'policy mappings do not count')
    .option('--inhibit-any', 'any-policy does not count')
    .option('--batch <manifest>', 'JSON lines {"id","certificate","anchors",…}; answers line by line')
    .action((name, options) => run(context(), name, options))
}

function run(context: Context, name: string | undefined, options: PathOptions): Promise<void> {
  return oneOrBatch(name, options.batch, {
    one: file => verifyCertificate(context, file, questionOf(options)),
    batch: manifest => answerBatch(context, manifest, pathLines(certificateFiles(context), options.at ?? new Date())),
  })
}

function questionOf({
  policy,
  explicitPolicy,
  inhibitMapping,
  inhibitAny,
  ...options
}: PathOptions): CertificateOptions {
  return {
    ...options,
    policy: {
      initial: policy.length === 0 ? [anyPolicy] : policy,
      explicit: explicitPolicy === true,
      inhibitMapping: inhibitMapping === true,
      inhibitAny: inhibitAny === true,
    },
  }
}

import type { Purpose } from '@docaxis/pki'
import { type Command, Option } from 'commander'
import type { Context } from '../context.ts'
import { parseMoment } from '../verify/moment.ts'
import { verifyCertificate } from '../verify/verify-certificate.ts'
import { collect } from './collect.ts'

export const purposes = ['document', 'seal', 'official', 'tsa', 'ocsp', 'any'] satisfies readonly Purpose[]

export function addVerifyCert(verify: Command, context: () => Context): void {
  verify
    .command('cert')
    .description('check a certificate: its path, its dates, whether it is revoked')
    .argument('<file>', 'PEM or DER; further certificates in a PEM may lead to the issuer')
    .option('--anchor <file>', 'an authority you trust; may be repeated', collect, [])
    .option('--intermediate <file>', 'an authority between the two; may be repeated', collect, [])
    .option('--crl <file>', 'revocation list of an authority; may be repeated', collect, [])
    .option('--at <time>', 'the judged time, RFC 3339 (default: now)', parseMoment)
    .addOption(new Option('--purpose <purpose>', 'what it is to be good for').choices(purposes).default('document'))
    .action((name, options) => verifyCertificate(context(), name, options))
}

import { createTrust, type PathQuestion, type Purpose, type RevocationMode } from '@docaxis/pki'
import { judgeCertificate } from '@docaxis/signature'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { certificateFiles } from './certificate-files.ts'
import { certificateReport } from './certificate-report.ts'

/** What is asked about one certificate on the command line. */
export interface CertificateOptions {
  readonly intermediate: readonly string[]
  readonly anchor: readonly string[]
  readonly crl: readonly string[]
  readonly ocsp?: readonly string[]
  readonly at?: Date
  readonly purpose: Purpose
  readonly revocation?: RevocationMode
  readonly policy?: PathQuestion['policy']
}

/** Judges the first certificate of a file and reports for people; further ones in it may lead to the issuer. */
export async function verifyCertificate(context: Context, name: string, options: CertificateOptions): Promise<void> {
  const files = certificateFiles(context)
  const all = async <T>(read: (file: string) => Promise<readonly T[]>, names: readonly string[] = []) =>
    (await Promise.all(names.map(one => read(context.file(one))))).flat()

  const file = context.file(name)
  const [certificate, ...others] = await files.certificates(file)
  if (!certificate) throw new Error(`${file} holds no certificate`)
  const intermediates = [...others, ...(await all(files.certificates, options.intermediate))]
  const trust = createTrust({
    anchors: await all(files.certificates, options.anchor),
    crls: await all(files.crls, options.crl),
    ocsp: await all(files.readableOcsp, options.ocsp),
    ...(files.algorithmEnds && { algorithmEnds: files.algorithmEnds }),
  })

  const { at = new Date(), purpose, revocation, policy } = options
  const question = { certificate, intermediates, trust, at, purpose, revocation, policy }
  const outcome = { file, ...judgeCertificate(question) }
  context.answer(outcome, () => certificateReport(outcome, context))
  if (outcome.verdict !== 'VALID') {
    context.exit(outcome.verdict === 'INDETERMINATE' ? exitCodes.tryLater : exitCodes.refused)
  }
}

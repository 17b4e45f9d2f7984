import { readFile } from 'node:fs/promises'
import { parseCertificates } from '@docaxis/pki'
import { type Command, Option } from 'commander'
import type { Page } from '../../../answers.ts'
import { postJson } from '../../../transport.ts'
import type { Context } from '../../context.ts'
import { UsageError } from '../../exit-codes.ts'
import { table } from '../../output.ts'

interface CertificateAnswer {
  readonly sha256: string
  readonly subject: string
  readonly notAfter: string
  readonly unboundAt?: string | null
}

interface MandateAnswer {
  readonly id: string
  readonly principal: string
  readonly holder: string
  readonly kind: string
  readonly validFrom: string
  readonly validTo?: string | null
}

interface MandateOptions {
  readonly kind: string
  readonly from?: string
  readonly to?: string
}

export function addTrustAdmin(admin: Command, context: () => Context): void {
  admin
    .command('certificates')
    .description('certificates that an agency seals with')
    .argument('<code>')
    .action(code => listCertificates(context(), code))
  admin
    .command('bind-certificate')
    .description('say that an agency seals with this certificate')
    .argument('<code>')
    .argument('<file>', 'PEM or DER')
    .action((code, name) => bindCertificate(context(), code, name))
  admin
    .command('unbind-certificate')
    .description('the agency seals with it no longer; the record stays')
    .argument('<sha256>')
    .action(sha256 => unbindCertificate(context(), sha256))
  admin
    .command('mandates')
    .description('who seals for whom')
    .action(() => listMandates(context()))
  admin
    .command('add-mandate')
    .description('let one agency seal for another')
    .argument('<principal>')
    .argument('<holder>')
    .addOption(new Option('--kind <kind>').choices(['seal', 'transport']).default('seal'))
    .option('--from <time>', 'RFC 3339; now when left out')
    .option('--to <time>', 'until further notice when left out')
    .action((principal, holder, options) => addMandate(context(), principal, holder, options))
  admin
    .command('end-mandate')
    .description('from now on')
    .argument('<id>')
    .action(id => endMandate(context(), id))
  admin
    .command('import-crl')
    .description("give the hub an authority's list of revoked certificates, PEM or DER")
    .argument('<file>')
    .action(name => importCrl(context(), name))
}

async function listCertificates(context: Context, agency: string): Promise<void> {
  const { words } = context
  const transport = await context.transport()
  const { items } = await transport.json<Page<CertificateAnswer>>({ path: '/admin/certificates', query: { agency } })
  context.answer(items, () =>
    table(
      items.map(({ sha256, subject, notAfter, unboundAt }) => [
        sha256,
        unboundAt ? words.say('ended') : words.time(notAfter),
        subject,
      ]),
    ),
  )
}

async function bindCertificate(context: Context, agency: string, name: string): Promise<void> {
  const certificate = certificateText(await readFile(context.file(name)))
  const transport = await context.transport()
  const bound = await transport.json<CertificateAnswer>(postJson('/admin/certificates', { agency, certificate }))
  context.answer(bound, () => [`${context.words.say('bound')}: ${bound.subject} (${bound.sha256})`])
}

/** The signer's certificate of a PEM bundle; DER goes as Base64. */
function certificateText(bytes: Buffer): string {
  if (!bytes.includes('-----BEGIN')) return bytes.toString('base64')
  const [first] = parseCertificates(bytes)
  if (!first) throw new UsageError('the file holds no certificate', 'tệp không có chứng thư số nào')
  return first.der.toString('base64')
}

async function unbindCertificate(context: Context, sha256: string): Promise<void> {
  const transport = await context.transport()
  await transport.send({ method: 'DELETE', path: `/admin/certificates/${encodeURIComponent(sha256)}` })
  context.answer({ sha256, bound: false }, () => [context.words.say('ended')])
}

async function listMandates(context: Context): Promise<void> {
  const transport = await context.transport()
  const { items } = await transport.json<Page<MandateAnswer>>({ path: '/admin/mandates' })
  context.answer(items, () => table(items.map(mandate => mandateRow(context, mandate))))
}

function mandateRow({ words }: Context, { id, holder, principal, kind, validFrom, validTo }: MandateAnswer): string[] {
  return [id, `${holder} → ${principal}`, kind, words.time(validFrom), validTo ? words.time(validTo) : '']
}

async function addMandate(
  context: Context,
  principal: string,
  holder: string,
  { kind, from, to }: MandateOptions,
): Promise<void> {
  const transport = await context.transport()
  const wish = { principal, holder, kind, validFrom: from ?? new Date().toISOString(), ...(to && { validTo: to }) }
  const mandate = await transport.json<MandateAnswer>(postJson('/admin/mandates', wish))
  context.answer(mandate, () => table([mandateRow(context, mandate)]))
}

async function endMandate(context: Context, id: string): Promise<void> {
  const transport = await context.transport()
  const path = `/admin/mandates/${encodeURIComponent(id)}`
  const mandate = await transport.json<MandateAnswer>({ method: 'DELETE', path })
  context.answer(mandate, () => table([mandateRow(context, mandate)]))
}

async function importCrl(context: Context, name: string): Promise<void> {
  const bytes = new Uint8Array(await readFile(context.file(name)))
  const transport = await context.transport()
  const answer = await transport.json<{ issuer: string; entries: number; kept: boolean }>({
    method: 'POST',
    path: '/admin/crls',
    headers: { 'content-type': 'application/pkix-crl' },
    body: () => bytes,
  })
  const outcome = context.words.say(answer.kept ? 'imported' : 'crlOlder')
  context.answer(answer, () => [`${outcome}: ${answer.issuer} (${answer.entries})`])
}

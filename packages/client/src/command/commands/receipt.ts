import { readFile, writeFile } from 'node:fs/promises'
import { parseCertificates } from '@docaxis/pki'
import { type ReceiptVerdict, verifyReceipt } from '@docaxis/signature'
import type { Command } from 'commander'
import type { ReceiptSummary } from '../../answers.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { facts, table } from '../output.ts'
import { fileNameOf } from '../printable.ts'
import { readStampVerdict, stampLines } from '../receipt-stamp.ts'
import type { Words } from '../words.ts'

export function addReceiptCommands(program: Command, context: () => Context): void {
  program
    .command('receipts')
    .description('the feed of signed receipts')
    .option('--after <cursor>', 'only what came after it')
    .action(options => list(context(), options.after))

  const receipt = program.command('receipt').description('signed evidence of what happened')
  receipt
    .command('get')
    .description('save one receipt; waits while it is being signed')
    .argument('<id>')
    .argument('[file]', 'default: <id>.xml')
    .action((id, name) => save(context(), id, name ?? fileNameOf(id, 'xml')))
  receipt
    .command('verify')
    .description('check a receipt against the certificates of the hub, offline')
    .argument('<file>')
    .requiredOption('--cert <file>', 'hub certificates, PEM')
    .option('--stamp <file>', 'its time stamp, as `receipt stamp` saved it')
    .option('--tsa-anchor <file>', 'certificate authorities that are trusted for time stamps, PEM')
    .action((name, options) => verify(context(), name, options))
  receipt
    .command('stamp')
    .description('save the time stamp of a receipt')
    .argument('<id>')
    .argument('[file]', 'default: <id>.stamp.json')
    .action((id, name) => saveStamp(context(), id, name ?? fileNameOf(id, 'stamp.json')))
  receipt
    .command('certificates')
    .description('save the certificates that receipts verify against, earlier and coming ones too')
    .argument('[file]', 'default: hub-certs.pem')
    .action(name => saveCertificates(context(), name ?? 'hub-certs.pem'))
}

async function list(context: Context, after: string | undefined): Promise<void> {
  const client = await context.client()
  const receipts = await Array.fromAsync(client.receipts(after))
  context.answer(receipts, () => receiptLines(receipts, context.words))
}

function receiptLines(receipts: readonly ReceiptSummary[], words: Words): string[] {
  if (receipts.length === 0) return [words.say('emptyReceipts')]
  const rows = receipts.map(receipt => [
    receipt.id,
    words.receiptKind(receipt.kind),
    receipt.at ? words.time(receipt.at) : words.say('notSigned'),
    receipt.document?.documentId ?? '',
  ])
  return table([words.say('receiptHead').split(','), ...rows])
}

async function save(context: Context, id: string, name: string): Promise<void> {
  const client = await context.client()
  const { xml } = await client.receipt(id)
  const file = context.file(name)
  await writeFile(file, xml)
  context.answer({ id, file, sizeBytes: xml.length }, () => [`${context.words.say('written')}: ${context.shown(file)}`])
}

async function saveCertificates(context: Context, name: string): Promise<void> {
  const client = await context.client()
  const certificates = await client.hubCertificates()
  const file = context.file(name)
  await writeFile(file, certificates.map(({ pem }) => pem).join(''))
  context.answer({ file, certificates }, () => [
    ...table(certificates.map(({ subject, from, until }) => [subject, from, until ?? ''])),
    `${context.words.say('written')}: ${context.shown(file)}`,
  ])
}

async function saveStamp(context: Context, id: string, name: string): Promise<void> {
  const client = await context.client()
  const stamp = await client.receiptStamp(id)
  if (!stamp) {
    context.answer({ id, state: 'pending' }, () => [context.words.say('notStamped')])
    return context.exit(exitCodes.tryLater)
  }
  const file = context.file(name)
  await writeFile(file, `${JSON.stringify(stamp, null, 2)}\n`)
  context.answer({ id, file }, () => [`${context.words.say('written')}: ${context.shown(file)}`])
}

interface VerifyOptions {
  readonly cert: string
  readonly stamp?: string
  readonly tsaAnchor?: string
}

async function verify(context: Context, name: string, options: VerifyOptions): Promise<void> {
  const [xml, pem] = await Promise.all([readFile(context.file(name)), readFile(context.file(options.cert), 'utf8')])
  const outcome = verifyReceipt(xml, { hubCertificates: parseCertificates(pem) })
  const stamp = await readStampVerdict(context, xml, options)
  context.answer({ ...outcome, ...(stamp && { stamp }) }, () => [
    ...verdictLines(outcome, context.words),
    ...(stamp ? stampLines(stamp, context.words) : []),
  ])
  const verdicts = [outcome.verdict, ...(stamp ? [stamp.verdict] : [])]
  if (verdicts.includes('INVALID')) context.exit(exitCodes.refused)
  else if (verdicts.includes('INDETERMINATE')) context.exit(exitCodes.tryLater)
}

function verdictLines(outcome: ReceiptVerdict, words: Words): string[] {
  const { receipt } = outcome
  if (!receipt) return [words.say('receiptBad'), `  ${outcome.detail ?? outcome.code} [${outcome.code}]`]
  return [
    words.say('receiptGood'),
    ...facts([
      [words.receiptKind(receipt.kind), receipt.id],
      [words.say('from'), receipt.document.sender],
      [words.say('documentId'), receipt.document.documentId],
      [words.say('sha256'), receipt.document.sha256],
      [words.say('at'), words.time(receipt.issuedAt)],
    ]),
  ]
}

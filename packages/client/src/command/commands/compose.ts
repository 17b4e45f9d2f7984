import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { type DocumentInput, type Party, type Replacement, type ReplyLink, writeDocument } from '@docaxis/edxml'
import { signEnvelope } from '@docaxis/signature'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import { UsageError } from '../exit-codes.ts'
import { readSigner, type SignerOptions } from '../signer.ts'
import { collect } from './collect.ts'

interface ComposeOptions extends SignerOptions {
  readonly from?: string
  readonly to: readonly string[]
  readonly number: string
  readonly notation: string
  readonly subject: string
  readonly type: string
  readonly date: string
  readonly place?: string
  readonly due?: string
  readonly priority: string
  readonly signer?: string
  readonly position?: string
  readonly documentId?: string
  readonly updates?: string
  readonly revokes?: string
  readonly replaces: readonly string[]
  readonly because?: string
  readonly repliesTo: readonly string[]
  readonly attach: readonly string[]
  readonly output: string
  readonly sign?: boolean
}

export function addComposeCommand(program: Command, context: () => Context): void {
  program
    .command('compose')
    .description('build an edXML file from a few words and files')
    .option('--from <code>', 'sender, CODE or CODE=NAME; the name is looked up when left out (default: --as)')
    .requiredOption('--to <code>', 'receiver, the same; may be repeated', collect, [])
    .requiredOption('--number <number>', 'number of the document: 12')
    .requiredOption('--notation <notation>', 'notation: BSNCP-VP')
    .requiredOption('--subject <text>')
    .option('--type <name>', 'type of document', 'Công văn')
    .option('--date <yyyy-mm-dd>', 'day of issue', parseDay, today())
    .option('--place <name>', 'place of issue')
    .option('--due <yyyy-mm-dd>', "the receivers' deadline", parseDay)
    .addOption(
      new Option('--priority <0-4>', '0 normal … 4 most urgent').choices(['0', '1', '2', '3', '4']).default('0'),
    )
    .option('--signer <name>', 'who signed')
    .option('--position <name>', 'their position')
    .option('--document-id <id>', 'default: CODE,yyyy/mm/dd,NUMBER/NOTATION')
    .option('--updates <document-id>', 'it updates an earlier document of yours')
    .addOption(new Option('--revokes <document-id>', 'it revokes one').conflicts('updates'))
    .addOption(
      new Option('--replaces <document-id[=CODE]>', 'it replaces one, for all or for CODE; may be repeated')
        .argParser(collect)
        .default([], '')
        .conflicts(['updates', 'revokes']),
    )
    .option('--because <text>', 'why it updates, revokes or replaces')
    .option('--replies-to <CODE=document-id>', 'it answers that document of CODE; may be repeated', collect, [])
    .requiredOption('--attach <file>', 'a file; may be repeated', collect, [])
    .option('--sign', 'seal it as well, with --key or the demo agency of --as')
    .option('--key <file>', 'private key, PEM or PKCS#12')
    .option('--cert <file>', 'certificate, PEM')
    .option('--password <text>', 'password of the key; better: DOCAXIS_KEY_PASSWORD')
    .requiredOption('-o, --output <file>')
    .action(options => compose(context(), options))
}

async function compose(context: Context, options: ComposeOptions): Promise<void> {
  const unsigned = writeDocument(await documentOf(context, options), randomUUID)
  const xml = options.sign ? signEnvelope(unsigned, await readSigner(context, options)) : unsigned
  const file = context.file(options.output)
  await writeFile(file, xml)
  context.answer({ file, sizeBytes: xml.length, signed: options.sign === true }, () => [
    `${context.words.say(options.sign ? 'signed' : 'written')}: ${context.shown(file)}`,
  ])
}

async function documentOf(context: Context, options: ComposeOptions): Promise<DocumentInput> {
  const sender = await partyOf(context, senderOf(context, options))
  return {
    sender,
    receivers: await Promise.all(options.to.map(code => partyOf(context, code))),
    documentId: options.documentId ?? documentIdOf(sender.agencyCode, options),
    code: { number: options.number, notation: options.notation },
    issuedOn: options.date,
    documentType: { type: 1, name: options.type },
    subject: options.subject,
    content: options.subject,
    priority: Number(options.priority) as 0 | 1 | 2 | 3 | 4,
    sentAt: new Date(),
    ...(options.place && { issuedAt: options.place }),
    ...(options.due && { dueOn: options.due }),
    ...(options.signer && { signer: { fullName: options.signer, position: options.position } }),
    ...actionOf(options),
    ...(options.repliesTo.length > 0 && { repliesTo: options.repliesTo.map(replyOf) }),
    attachments: await Promise.all(options.attach.map(name => attachmentOf(context, name))),
  }
}

/** What it does to earlier documents of the sender (BussinessDocType 1–3). */
function actionOf({ updates, revokes, replaces, because }: ComposeOptions): Partial<DocumentInput> {
  const reason = because !== undefined && { reason: because }
  if (updates !== undefined) return { action: 'update', target: updates, ...reason }
  if (revokes !== undefined) return { action: 'revoke', target: revokes, ...reason }
  return replaces.length > 0 ? { action: 'replace', replaces: replaces.map(replacementOf), ...reason } : {}
}

function replacementOf(text: string): Replacement {
  const split = text.lastIndexOf('=')
  return split < 0
    ? { documentId: text, agencyCodes: [] }
    : { documentId: text.slice(0, split), agencyCodes: [text.slice(split + 1)] }
}

function replyOf(text: string): ReplyLink {
  const split = text.indexOf('=')
  if (split < 0) {
    throw new UsageError('write --replies-to CODE=DOCUMENT-ID', 'hãy ghi --replies-to MÃ-CƠ-QUAN=MÃ-VĂN-BẢN')
  }
  return { agencyCode: text.slice(0, split), documentId: text.slice(split + 1) }
}

function senderOf(context: Context, { from }: ComposeOptions): string {
  const code = from ?? context.options.as
  if (code === undefined) {
    throw new UsageError(
      'no sender: name one with --from CODE, or act as a demo agency with --as',
      'chưa có cơ quan gửi: dùng --from MÃ, hoặc chọn một cơ quan của bản thử bằng --as',
    )
  }
  return code
}

function documentIdOf(code: string, options: ComposeOptions): string {
  return `${code},${options.date.replaceAll('-', '/')},${options.number}/${options.notation}`
}

/** `CODE=NAME`, or a code whose name the hub's directory knows. */
async function partyOf(context: Context, text: string): Promise<Party> {
  const split = text.indexOf('=')
  if (split > 0) return { agencyCode: text.slice(0, split), name: text.slice(split + 1) }
  const client = await context.client().catch(error => {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(
      `${error.text.en}; or write the name yourself: "${text}=Name of the agency"`,
      `${error.text.vi}; hoặc tự ghi tên: "${text}=Tên cơ quan"`,
    )
  })
  return { agencyCode: text, name: (await client.agency(text)).name }
}

async function attachmentOf(context: Context, name: string) {
  const path = context.file(name)
  const type = mediaTypes[extname(path).toLowerCase()]
  return { name: basename(path), content: await readFile(path), ...(type && { type }) }
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.odt': 'application/vnd.oasis.opendocument.text',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.txt': 'text/plain',
  '.zip': 'application/zip',
}

function parseDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) {
    throw new InvalidArgumentError('not a day; write yyyy-mm-dd')
  }
  return text
}

/** The day where the hub's offices are, whatever the zone of this machine. */
function today(): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short' }).format(new Date())
}

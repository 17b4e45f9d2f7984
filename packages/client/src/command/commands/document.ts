import type { Command } from 'commander'
import type { Deadline, DeliveryTrack, DocumentView } from '../../answers.ts'
import type { Context } from '../context.ts'
import { answerWords, changeWords, dueWords, effectWords, lifeWords } from '../life-words.ts'
import { facts, findingLines, table } from '../output.ts'
import type { Words } from '../words.ts'
import { saveEvidence } from './document-evidence.ts'

export function addDocumentCommand(program: Command, context: () => Context): void {
  const document = program
    .command('document')
    .description('where a document is, receiver by receiver')
    .argument('<id>', "the hub's id")
    .action(id => show(context(), id))
  document
    .command('evidence')
    .description('save the verdicts on a document with everything that they rest on')
    .argument('<id>', "the hub's id")
    .requiredOption('--out <folder>')
    .action((id, options) => saveEvidence(context(), id, options.out))
}

async function show(context: Context, id: string): Promise<void> {
  const client = await context.client()
  const document = await client.document(id)
  context.answer(document, () => documentLines(document, context.words))
}

export function documentLines(document: DocumentView, words: Words): string[] {
  return [
    headLine(document, words),
    ...facts([
      [words.say('from'), document.sender],
      [words.say('documentId'), document.documentId],
      [words.say('sha256'), document.sha256],
      [words.say('at'), words.time(document.acceptedAt)],
      [words.say('signature'), words.verdict(document.verdict.verdict)],
    ]),
    ...warningLines(document, words),
    ...attachmentLines(document, words),
    `${words.say('receivers')}:`,
    ...table(document.deliveries.flatMap(delivery => trackRows(delivery, words))),
    ...linkLines(document, words),
    ...receiptLines(document, words),
  ]
}

/** What it answers, what answers it, and what it did to earlier documents. */
function linkLines({ links }: DocumentView, words: Words): string[] {
  const rows = [
    ...links.repliesTo.map(link => [
      `  ${words.pick(lifeWords.answers)}`,
      link.sender ?? '',
      link.documentId ?? link.code ?? '',
      link.id ?? words.pick(lifeWords.notHere),
    ]),
    ...links.replies.map(link => [
      `  ${words.pick(lifeWords.answeredBy)}`,
      link.sender ?? '',
      link.documentId ?? '',
      link.id ?? '',
    ]),
    ...links.effects.map(({ action, receiver, documentId, outcome }) => [
      `  ${words.pick(action === 'replace' ? lifeWords.replaces : changeWords[action])}`,
      receiver,
      documentId,
      words.pick(effectWords[outcome]),
    ]),
  ]
  return table(rows)
}

/** What was let through with a remark, or learnt after acceptance. */
function warningLines({ warnings }: DocumentView, words: Words): string[] {
  return warnings.length === 0 ? [] : [words.say('warnings'), ...findingLines(warnings, words)]
}

/** Signatures inside the files are verdicts of their own, beside that on the envelope. */
function attachmentLines({ attachments }: DocumentView, words: Words): string[] {
  if (attachments.length === 0) return []
  const rows = attachments.map(({ name, state, verdict, code, malware }) => [
    `  ${name}`,
    verdict && code !== 'NOT_SIGNED'
      ? `${words.say('signature')}: ${words.verdict(verdict)}`
      : words.check(state, code),
    malware.state === 'none' ? '' : words.malware(malware.result),
  ])
  return [`${words.say('attachments')}:`, ...table(rows)]
}

/** A receiver sees the document without the sender's receipts. */
function receiptLines({ receipts }: DocumentView, words: Words): string[] {
  if (receipts.length === 0) return []
  const rows = receipts.map(receipt => [
    `  ${receipt.id}`,
    words.receiptKind(receipt.kind),
    receipt.at ? words.time(receipt.at) : words.say('notSigned'),
  ])
  return [`${words.say('receipts')}:`, ...table(rows)]
}

/** As people write it: number/notation · urgency · subject. */
function headLine(document: DocumentView, words: Words): string {
  const code = [document.code?.number, document.code?.notation].filter(Boolean).join('/')
  return [
    code === '' ? words.say(document.kind) : `${words.say('number')} ${code}`,
    words.priority(document.priority),
    document.subject ?? document.documentId,
  ].join(' · ')
}

/** The station where it stands, then what the receiver reported, oldest first, then what it owes by when. */
function trackRows(delivery: DeliveryTrack, words: Words): string[][] {
  const at = delivery.closedAt ?? delivery.fetchedAt ?? delivery.availableAt
  const station = [words.transport(delivery.transport), at ? words.time(at) : '', delivery.reason ?? '']
  const reports = delivery.history.map(report => [
    '',
    '',
    words.business(report.code),
    words.time(report.receivedAt),
    [report.staff?.name, report.reason].filter(Boolean).join(': '),
  ])
  const { change, replacedBy } = delivery
  const changes = [
    ...(change
      ? [['', '', change.kind ? words.pick(changeWords[change.kind]) : '', words.pick(answerWords[change.state])]]
      : []),
    ...(replacedBy ? [['', '', words.pick(lifeWords.replacedBy), replacedBy]] : []),
  ]
  const owed = delivery.deadlines.flatMap(deadline => dueRow(deadline, words))
  return [
    [`  ${delivery.receiver}`, delivery.level ? words.level(delivery.level) : '', ...station],
    ...reports,
    ...changes,
    ...owed,
  ]
}

/** What is still owed, or came too late; what was done in time needs no line. */
function dueRow({ kind, state, dueAt, why }: Deadline, words: Words): string[][] {
  if (state === 'met' || state === 'void') return []
  return [['', '', words.pick(dueWords[kind]), words.time(dueAt), state === 'open' ? '' : words.pick(why)]]
}

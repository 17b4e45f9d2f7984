import { join } from 'node:path'
import type { Command } from 'commander'
import type { Validation } from '../../answers.ts'
import type { Sent } from '../../client.ts'
import { fileUploadMemory } from '../../upload/upload-memory.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { effectWords } from '../life-words.ts'
import { bytes, facts, findingLines, table } from '../output.ts'
import { createProgress } from '../progress.ts'
import type { Words } from '../words.ts'

export function addSendCommands(program: Command, context: () => Context): void {
  program
    .command('send')
    .description('send a signed edXML file')
    .argument('<file>')
    .action(name => send(context(), name))
  program
    .command('validate')
    .description('check an edXML file as the hub would, without sending it')
    .argument('<file>')
    .action(name => validate(context(), name))
}

async function send(context: Context, name: string): Promise<void> {
  const client = await context.client()
  const progress = createProgress(process.stderr)
  const memory = fileUploadMemory(join(context.stateDir, 'uploads'))
  const sending = client.send(await context.blob(name), { onProgress: progress.report, memory })
  const sent = await sending.finally(progress.end)
  context.answer(sent, () => sentLines(sent, context.words))
}

async function validate(context: Context, name: string): Promise<void> {
  const client = await context.client()
  const validation = await client.validate(await context.blob(name))
  context.answer(validation, () => validationLines(validation, context.words))
  if (!validation.ok) {
    context.exit(validation.verdict?.verdict === 'INDETERMINATE' ? exitCodes.tryLater : exitCodes.refused)
  }
}

function sentLines(sent: Sent, words: Words): string[] {
  return [
    words.say(sent.repeated ? 'repeated' : 'accepted'),
    ...facts([
      [words.say('id'), sent.id],
      [words.say('documentId'), sent.documentId],
      [words.say('sha256'), sent.sha256],
      [words.say('size'), bytes(sent.sizeBytes)],
      [words.say('at'), words.time(sent.acceptedAt)],
      [words.say('signature'), `${words.verdict(sent.verdict.verdict)} (${sent.verdict.code})`],
    ]),
    ...warningLines(sent.warnings, words),
    ...table(
      (sent.effects ?? []).map(({ receiver, documentId, outcome }) => [
        `  ${receiver}`,
        documentId,
        words.pick(effectWords[outcome]),
      ]),
    ),
    `${words.say('nextDocument')} ${sent.id}`,
  ]
}

function validationLines(validation: Validation, words: Words): string[] {
  return [
    words.say(validation.ok ? 'wouldAccept' : 'wouldRefuse'),
    ...findingLines(validation.errors, words),
    ...warningLines(validation.warnings, words),
  ]
}

function warningLines(warnings: Sent['warnings'], words: Words): string[] {
  return warnings.length === 0 ? [] : [words.say('warnings'), ...findingLines(warnings, words)]
}

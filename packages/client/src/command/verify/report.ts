import { commonName, documentSentences, type SignatureVerdict } from '@docaxis/signature'
import type { Context } from '../context.ts'
import { facts, findingLines } from '../output.ts'
import type { Words } from '../words.ts'
import type { FileVerdict } from './file-verdict.ts'
import { checkRows, sectionLines } from './report-parts.ts'
import { notCheckedTexts, reportTexts, verdictWordIn } from './texts.ts'

/** For people: what it comes to, who signed what, every rule that was applied, and what was not looked at (V62). */
export function reportLines(outcome: FileVerdict, { words, shown }: Pick<Context, 'words' | 'shown'>): string[] {
  const say = (key: keyof typeof reportTexts) => words.pick(reportTexts[key])
  return [
    ...documentSentences(outcome).map(words.pick),
    '',
    ...facts([
      [say('file'), shown(outcome.file)],
      ['SHA-256', outcome.sha256],
      [say('rules'), words.pick(outcome.profile === 'edxml' ? reportTexts.edxml : reportTexts.generic)],
      [say('judgedAt'), words.time(outcome.judgedAt)],
    ]),
    ...outcome.signatures.flatMap((signature, index) => ['', ...signatureLines(signature, index, outcome, words)]),
    ...sectionLines(say('faults'), findingLines(outcome.findings, words)),
    ...sectionLines(say('checked'), checkLines(outcome, words)),
    ...sectionLines(
      say('notChecked'),
      outcome.notChecked.map(item => `  - ${words.pick(notCheckedTexts[item])}`),
    ),
  ]
}

function signatureLines(signature: SignatureVerdict, index: number, outcome: FileVerdict, words: Words): string[] {
  const { certificate, covers, signatureAlgorithm } = signature
  const say = (key: keyof typeof reportTexts) => words.pick(reportTexts[key])
  const count = outcome.signatures.length
  const parts = covers.map(({ what, name }) =>
    what === 'document' ? say('wholeFile') : what === 'object' ? say('ownObject') : `${say('element')} ${name}`,
  )
  return [
    `${say('signature')} ${index + 1}/${count}: ${verdictWordIn(words, signature.verdict, outcome.scope)}`,
    ...facts([
      [say('signer'), certificate && commonName(certificate.subject)],
      [say('subject'), certificate?.subject],
      [say('issuer'), certificate?.issuer],
      [say('validity'), certificate && `${words.time(certificate.notBefore)} – ${words.time(certificate.notAfter)}`],
      [say('algorithm'), signatureAlgorithm],
      ...parts.map((part, position) => [position === 0 ? say('covers') : '', part] as const),
    ]),
  ]
}

/** The rules of the document, then those of each signature; a packet has one list for both. */
function checkLines(outcome: FileVerdict, words: Words): string[] {
  const lists = outcome.profile === 'edxml' ? [] : outcome.signatures.map(({ checks }) => checks)
  const title = (index: number) => `  ${words.pick(reportTexts.signature)} ${index + 1}/${lists.length}:`
  return [
    ...checkRows(outcome.checks, words),
    ...lists.flatMap((checks, index) => [...(lists.length > 1 ? [title(index)] : []), ...checkRows(checks, words)]),
  ]
}

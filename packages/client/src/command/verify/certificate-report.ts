import type { Bilingual } from '@docaxis/errors'
import { type CertificateVerdict, certificateSentences, commonName } from '@docaxis/signature'
import type { Context } from '../context.ts'
import { facts } from '../output.ts'
import type { Words } from '../words.ts'
import { checkRows, sectionLines } from './report-parts.ts'
import { notCheckedTexts, reportTexts } from './texts.ts'

/** The verdict on one certificate, and the file it stands in. Plain JSON. */
export interface CertificateFileVerdict extends CertificateVerdict {
  readonly file: string
}

const texts = {
  key: { vi: 'khóa', en: 'key' },
  purposes: { vi: 'mục đích', en: 'purposes' },
  path: { vi: 'Chuỗi chứng thư', en: 'Certification path' },
  anchor: { vi: 'điểm tin cậy', en: 'trust anchor' },
  otherPaths: { vi: 'Chuỗi khác đã thử, không đạt', en: 'Other paths tried, which do not hold' },
  revocation: { vi: 'Bằng chứng chưa bị thu hồi', en: 'Evidence that nothing is revoked' },
  to: { vi: 'đến', en: 'until' },
} as const satisfies Record<string, Bilingual>

/** For people: what it comes to, whose certificate it is, its path as a tree, and every rule that was applied. */
export function certificateReport(
  outcome: CertificateFileVerdict,
  { words, shown }: Pick<Context, 'words' | 'shown'>,
): string[] {
  const { certificate } = outcome
  const say = (text: Bilingual) => words.pick(text)
  return [
    ...certificateSentences(outcome).map(say),
    '',
    ...facts([
      [say(reportTexts.file), shown(outcome.file)],
      ['SHA-256', certificate.sha256],
      [say(reportTexts.subject), certificate.subject],
      [say(reportTexts.issuer), certificate.issuer],
      [say(reportTexts.validity), period(certificate, words)],
      [say(texts.key), certificate.key],
      [say(texts.purposes), [...certificate.keyUsage, ...certificate.purposes].join(', ')],
      [say(reportTexts.judgedAt), words.time(outcome.judgedAt)],
    ]),
    ...sectionLines(say(texts.path), pathTree(outcome, words)),
    ...sectionLines(say(texts.otherPaths), outcome.otherPaths.map(otherPathText)),
    ...sectionLines(
      say(texts.revocation),
      outcome.revocation.map(evidence => `  - ${evidenceText(evidence, words)}`),
    ),
    ...sectionLines(say(reportTexts.checked), checkRows(outcome.checks, words)),
    ...sectionLines(say(reportTexts.notChecked), [`  - ${say(notCheckedTexts.agency)}`]),
  ]
}

/** The anchor on top, each certificate below the one that vouches for it. */
function pathTree({ path, code }: CertificateFileVerdict, words: Words): string[] {
  const isWhole = code !== 'PATH_NOT_FOUND'
  return [...path].reverse().map((certificate, depth) => {
    const branch = depth === 0 ? '' : `${'   '.repeat(depth - 1)}└─ `
    const anchor = depth === 0 && isWhole ? ` (${words.pick(texts.anchor)})` : ''
    return `  ${branch}${commonName(certificate.subject)}${anchor}, ${period(certificate, words)}`
  })
}

function otherPathText({ path, code, detail }: CertificateVerdict['otherPaths'][number]): string {
  const names = [...path].reverse().map(({ subject }) => commonName(subject))
  return `  - ${names.join(' > ')}: ${detail} [${code}]`
}

function evidenceText(
  { kind, issuer, thisUpdate, nextUpdate }: CertificateVerdict['revocation'][number],
  words: Words,
) {
  const until = nextUpdate === undefined ? '' : ` ${words.pick(texts.to)} ${words.time(nextUpdate)}`
  return `${kind.toUpperCase()} ${commonName(issuer)}: ${words.time(thisUpdate)}${until}`
}

function period({ notBefore, notAfter }: { readonly notBefore: string; readonly notAfter: string }, words: Words) {
  return `${words.time(notBefore)} – ${words.time(notAfter)}`
}

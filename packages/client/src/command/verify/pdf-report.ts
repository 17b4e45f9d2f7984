import type { Bilingual } from '@docaxis/errors'
import {
  changeNames,
  commonName,
  type PdfSignatureVerdict,
  pdfNotCheckedNames,
  pdfSentences,
  signatureRoleNames,
  timeSourceNames,
} from '@docaxis/signature'
import type { Context } from '../context.ts'
import { facts } from '../output.ts'
import type { Words } from '../words.ts'
import { checkRows, sectionLines } from './report-parts.ts'
import { reportTexts, verdictWordIn } from './texts.ts'
import type { PdfFileVerdict } from './verify-pdf-file.ts'

const texts = {
  position: { vi: 'chức vụ', en: 'position' },
  organization: { vi: 'cơ quan', en: 'agency' },
  role: { vi: 'vai trò', en: 'role' },
  claimedAt: { vi: 'thời điểm ký tự khai', en: 'claimed signing time' },
  provenAt: { vi: 'thời điểm được chứng thực', en: 'proven time' },
  noProof: { vi: 'không có', en: 'none' },
  reason: { vi: 'lý do ghi kèm', en: 'reason given' },
  wholeFile: { vi: 'toàn bộ tệp', en: 'the whole file' },
  revision: { vi: 'đến hết lần lưu', en: 'up to revision' },
  nothing: { vi: 'không đúng phạm vi', en: 'not as it should' },
  changes: { vi: 'Thay đổi sau khi ký', en: 'Changes after signing' },
  allowed: { vi: '[được phép]', en: '[allowed]' },
  forbidden: { vi: '[KHÔNG được phép]', en: '[NOT allowed]' },
  profile: { vi: 'PDF có chữ ký, hồ sơ', en: 'signed PDF, profile' },
  place: { vi: 'vị trí', en: 'place' },
  page: { vi: 'trang', en: 'page' },
} as const satisfies Record<string, Bilingual>

const corners: Readonly<Record<NonNullable<PdfSignatureVerdict['place']>['corner'], Bilingual>> = {
  'top-left': { vi: 'góc trên bên trái', en: 'top left' },
  'top-right': { vi: 'góc trên bên phải', en: 'top right' },
  'bottom-left': { vi: 'góc dưới bên trái', en: 'bottom left' },
  'bottom-right': { vi: 'góc dưới bên phải', en: 'bottom right' },
}

/** For people: who signed, for whom, when and as what, then what came after, every rule, and what was not checked (V62). */
export function pdfReport(outcome: PdfFileVerdict, { words, shown }: Pick<Context, 'words' | 'shown'>): string[] {
  const { signatures } = outcome
  return [
    ...pdfSentences(outcome).map(words.pick),
    '',
    ...facts([
      [words.pick(reportTexts.file), shown(outcome.file)],
      [words.pick(reportTexts.rules), `${words.pick(texts.profile)} ${outcome.profile}`],
      [words.pick(reportTexts.judgedAt), words.time(outcome.judgedAt)],
    ]),
    ...signatures.flatMap((signature, index) => ['', ...signatureLines(signature, index, outcome, words)]),
    ...sectionLines(words.pick(texts.changes), changeLines(outcome, words)),
    ...sectionLines(words.pick(reportTexts.checked), checkLines(outcome, words)),
    ...sectionLines(
      words.pick(reportTexts.notChecked),
      outcome.notChecked.map(item => `  - ${words.pick(pdfNotCheckedNames[item])}`),
    ),
  ]
}

function signatureLines(
  signature: PdfSignatureVerdict,
  index: number,
  outcome: PdfFileVerdict,
  words: Words,
): string[] {
  const { certificate, signer, coversDocument, revision, place } = signature
  const say = (text: Bilingual) => words.pick(text)
  const part = revision === undefined ? say(texts.nothing) : `${say(texts.revision)} ${revision + 1}`
  const { verdict, codes, claimedAt, provenAt, timeSource } = signature
  const proof =
    provenAt === undefined ? say(texts.noProof) : `${words.time(provenAt)} (${say(timeSourceNames[timeSource])})`
  const told = codes.filter(code => code !== 'OK')
  const title = `${say(reportTexts.signature)} ${index + 1}/${outcome.signatures.length}`
  return [
    `${title}: ${verdictWordIn(words, verdict, outcome.scope)}${told.length > 0 ? ` [${told.join(', ')}]` : ''}`,
    ...facts([
      [say(reportTexts.signer), signer?.name],
      [say(texts.position), signer?.position],
      [say(texts.organization), signer?.organization],
      [say(texts.role), say(signatureRoleNames[signature.role])],
      [say(texts.claimedAt), claimedAt && words.time(claimedAt)],
      [say(texts.provenAt), proof],
      [say(reportTexts.covers), coversDocument ? say(texts.wholeFile) : part],
      [say(texts.place), place && `${say(texts.page)} ${place.page}, ${say(corners[place.corner])}`],
      [say(texts.reason), signature.reason],
      [say(reportTexts.subject), certificate?.subject],
      [say(reportTexts.issuer), certificate && commonName(certificate.issuer)],
      [
        say(reportTexts.validity),
        certificate && `${words.time(certificate.notBefore)} – ${words.time(certificate.notAfter)}`,
      ],
    ]),
  ]
}

function changeLines({ revisions }: PdfFileVerdict, words: Words): string[] {
  return revisions
    .flatMap(({ changes }) => changes ?? [])
    .map(({ kind, allowed, revision, detail }) => {
      const mark = words.pick(allowed ? texts.allowed : texts.forbidden)
      return `  ${mark} ${revision + 1}: ${words.pick(changeNames[kind])} (${detail})`
    })
}

function checkLines({ signatures, checks }: PdfFileVerdict, words: Words): string[] {
  const title = (index: number) => `  ${words.pick(reportTexts.signature)} ${index + 1}/${signatures.length}:`
  return [
    ...checkRows(checks, words),
    ...signatures.flatMap((signature, index) => [title(index), ...checkRows(signature.checks, words)]),
  ]
}

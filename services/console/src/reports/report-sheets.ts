import type { Sql } from '@docaxis/store'
import type { ReportGroup, ReportQuestion, Scope } from '@docaxis/store/console'
import { type FileColumn, type FileTable, tableOf } from '../export/table-file.ts'
import { type Figure, figures, type Share } from './figures.ts'
import { type RefusalLine, type Report, type ReportLine, readLines, readRefusals } from './report-view.ts'
import { groupWords, keyText, type Language, originText, reasonText, reportWords as words } from './report-words.ts'

/** A directory has some ten thousand agencies; of reasons in free words the rarest are left out beyond. */
const most = 50_000

/** The tables of a report as a workbook: the summary, each way of grouping, and the refusals. */
export async function reportSheets(
  sql: Sql,
  scope: Scope,
  { asked, total }: Pick<Report, 'asked' | 'total'>,
  language: Language,
): Promise<FileTable[]> {
  const refusals = await readRefusals(sql, scope, asked, { limit: most })
  return [
    tableOf(words.summary[language], language, summaryColumns(total, language), [figures]),
    await reportTable(sql, scope, asked, 'month', language),
    await reportTable(sql, scope, asked, 'level', language),
    await reportTable(sql, scope, asked, 'agency', language),
    tableOf(words.refusals[language], language, refusalColumns(language), [refusals]),
  ]
}

/** Every line of one way of grouping. */
export async function reportTable(
  sql: Sql,
  scope: Scope,
  asked: ReportQuestion,
  by: ReportGroup,
  language: Language,
): Promise<FileTable> {
  const lines = await readLines(sql, scope, asked, by, { limit: most })
  return tableOf(groupWords[by][language], language, lineColumns(by, language), [lines])
}

function summaryColumns(total: ReportLine, language: Language): FileColumn<Figure>[] {
  const shareOf = ({ id }: Figure): Share => total.shares[id]
  return [
    { ...words.figure, width: 36, value: ({ name }) => name[language] },
    { ...words.share, width: 10, format: percent, value: figure => ratio(shareOf(figure)) },
    { ...words.part, width: 12, value: figure => shareOf(figure).part },
    { ...words.of, width: 12, value: figure => shareOf(figure).of },
    { ...words.definition, width: 120, value: ({ definition }) => definition[language] },
  ]
}

function lineColumns(by: ReportGroup, language: Language): FileColumn<ReportLine>[] {
  const { month, level, code, agency } = words
  const key = { month, level, agency: code }[by]
  return [
    { ...key, width: 16, value: line => keyText(line, by, language) },
    ...(by === 'agency' ? [{ ...agency, width: 48, value: (line: ReportLine) => line.name ?? '' }] : []),
    { ...words.sent, width: 10, value: ({ sent }) => sent },
    { ...words.received, width: 10, value: ({ received }) => received },
    ...figures.flatMap(figureColumns),
    { ...words.refused, width: 10, value: ({ refused }) => refused },
    { ...words.hubRefused, width: 14, value: ({ hubRefused }) => hubRefused },
  ]
}

/** The share, and the two numbers it is made of. */
function figureColumns({ id, name }: Figure): FileColumn<ReportLine>[] {
  const head = (of: { readonly vi: string; readonly en: string }) => ({
    vi: `${name.vi}: ${of.vi.toLowerCase()}`,
    en: `${name.en}: ${of.en.toLowerCase()}`,
  })
  return [
    { ...head(words.share), width: 16, format: percent, value: ({ shares }) => ratio(shares[id]) },
    { ...head(words.part), width: 12, value: ({ shares }) => shares[id].part },
    { ...head(words.of), width: 12, value: ({ shares }) => shares[id].of },
  ]
}

function refusalColumns(language: Language): FileColumn<RefusalLine>[] {
  return [
    { ...words.origin, width: 14, value: line => originText(line, language) },
    { ...words.reason, width: 100, value: line => reasonText(line, language) },
    { ...words.times, width: 10, value: ({ refused }) => refused },
  ]
}

const percent = '0.0%'

/** Of nothing there is no share: the cell stays empty. */
const ratio = ({ part, of }: Share): number | string => (of === 0 ? '' : part / of)

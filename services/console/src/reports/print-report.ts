import { printable } from '@docaxis/print'
import { openSheets } from '@docaxis/print/sheets'
import { countingRules, figures, type Share } from './figures.ts'
import { type PrintColumn, printTable } from './print-table.ts'
import type { RefusalLine, Report, ReportLine } from './report-view.ts'
import {
  groupWords,
  keyText,
  type Language,
  levelText,
  monthText,
  originText,
  reasonText,
  reportWords as words,
} from './report-words.ts'

export interface PrintedReport {
  readonly report: Report
  readonly language: Language
  readonly printedAt: Date
  /** Name of the person. */
  readonly printedFor: string
}

type Paper = ReturnType<typeof openSheets>['paper']

/** A report on paper: what is asked, the figures with their definitions, the lines, the refusals. */
export function printReport({ report, language, printedAt, printedFor }: PrintedReport): Promise<Buffer> {
  const { asked, total, lines, more, refusals } = report
  const title = words.title[language]
  const { paper, finish } = openSheets({
    title,
    language: language === 'vi' ? 'vi-VN' : 'en-GB',
    createdAt: printedAt,
    landscape: true,
    footer: (page, pages) => `${title} · ${words.page[language]} ${page}/${pages}`,
  })
  paper.font('bold').fontSize(16).text(title)
  paper.font('regular').fontSize(9).moveDown(0.3)
  for (const line of headLines(report, language, printedFor)) paper.text(printable(line))

  heading(paper, words.summary[language])
  printTable(paper, summaryColumns(total, language), figures)
  paper.moveDown(0.5).fontSize(8).text(countingRules[language])

  heading(paper, groupWords[asked.by][language])
  printTable(paper, lineColumns(asked.by, language), lines)
  if (more) paper.moveDown(0.5).fontSize(8).text(words.cut[language])

  heading(paper, words.refusals[language])
  if (refusals.length === 0) paper.fontSize(9).text(words.nothing[language])
  else printTable(paper, refusalColumns(language), refusals)
  return finish()
}

function headLines({ asked, countedUntil }: Report, language: Language, printedFor: string): string[] {
  const { from, to, level, agency } = asked
  const only = [level && levelText(level, language), agency].filter(part => part !== undefined)
  return [
    `${words.period[language]}: ${monthText(from)} – ${monthText(to)}`,
    ...(only.length > 0 ? [`${words.only[language]}: ${only.join(', ')}`] : []),
    `${words.countedUntil[language]}: ${countedUntil === null ? '–' : timeText(countedUntil)}`,
    `${words.printedFor[language]}: ${printedFor}`,
  ]
}

/** A heading stays with what it is over. */
function heading(paper: Paper, text: string): void {
  if (paper.y > paper.page.maxY() - 90) paper.addPage()
  paper.moveDown(1).font('bold').fontSize(11).fillColor('#000000').text(text)
  paper.font('regular').moveDown(0.3)
}

function summaryColumns(total: ReportLine, language: Language): PrintColumn<(typeof figures)[number]>[] {
  return [
    { head: words.figure[language], width: 170, cell: ({ name }) => name[language] },
    { head: words.share[language], width: 56, number: true, cell: ({ id }) => shareText(total.shares[id], language) },
    { head: words.part[language], width: 60, number: true, cell: ({ id }) => number(total.shares[id].part, language) },
    { head: words.of[language], width: 60, number: true, cell: ({ id }) => number(total.shares[id].of, language) },
    { head: words.definition[language], width: 380, cell: ({ definition }) => definition[language] },
  ]
}

function lineColumns(by: 'month' | 'level' | 'agency', language: Language): PrintColumn<ReportLine>[] {
  const key = { month: words.month, level: words.level, agency: words.agency }[by]
  const name = (line: ReportLine) => [keyText(line, by, language), line.name].filter(Boolean).join(' · ')
  return [
    { head: key[language], width: 144, cell: name },
    { head: words.sent[language], width: 50, number: true, cell: ({ sent }) => number(sent, language) },
    { head: words.received[language], width: 50, number: true, cell: ({ received }) => number(received, language) },
    ...figures.map(figure => ({
      head: figure.name[language],
      width: 62,
      number: true,
      cell: ({ shares }: ReportLine) => shareText(shares[figure.id], language),
    })),
    { head: words.refused[language], width: 48, number: true, cell: ({ refused }) => number(refused, language) },
  ]
}

function refusalColumns(language: Language): PrintColumn<RefusalLine>[] {
  return [
    { head: words.origin[language], width: 80, cell: line => originText(line, language) },
    { head: words.reason[language], width: 586, cell: line => reasonText(line, language) },
    { head: words.times[language], width: 60, number: true, cell: ({ refused }) => number(refused, language) },
  ]
}

const formats: Readonly<Record<Language, Intl.NumberFormat>> = {
  vi: new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }),
}

const number = (value: number, language: Language): string => formats[language].format(value)

/** Of nothing there is no share. */
function shareText({ part, of }: Share, language: Language): string {
  return of === 0 ? '–' : `${number((100 * part) / of, language)}%`
}

const clock = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Asia/Ho_Chi_Minh',
})

const timeText = (at: string): string => `${clock.format(new Date(at)).replace(',', '')} (UTC+7)`

import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { everyRole, type Person } from '../access/person.ts'
import type { Console } from '../console.ts'
import { csvOf, workbookOf, workbookType } from '../export/table-file.ts'
import { countingRules, figures } from './figures.ts'
import { createReportPrinter, type ReportPrinter } from './report-printer.ts'
import { type AskedReport, askedReport, reportQuery } from './report-query.ts'
import { reportSheets, reportTable } from './report-sheets.ts'
import { readReport } from './report-view.ts'
import type { Language } from './report-words.ts'

const perPage = 100

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: workbookType,
  pdf: 'application/pdf',
} as const

/** Lines on paper; the other files have them all. */
const mostPrinted = 200

/** How the exchange is doing, as a page and as files to hand on. */
export const reportRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, now } = console
  const config = { may: everyRole }
  const reportPrinter = createReportPrinter()
  app.addHook('onClose', () => reportPrinter.close())

  const querystring = Type.Object({
    ...reportQuery,
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  })
  app.get('/reports', { config, schema: { querystring } }, async request => {
    const { page = 1, ...query } = request.query
    const asked = askedReport(query, now())
    const wish = { limit: perPage, offset: (page - 1) * perPage }
    const report = await readReport(database, request.person.scope, asked, wish)
    const definitions = figures.map(({ id, name, definition }) => ({ id, name, definition }))
    return { ...report, definitions, rules: countingRules }
  })

  const file = Type.Object({
    ...reportQuery,
    format: Type.Enum(['csv', 'xlsx', 'pdf']),
    language: Type.Optional(Type.Enum(['vi', 'en'])),
  })
  app.get('/report-export', { config, schema: { querystring: file } }, async (request, reply) => {
    const { format, language = 'vi', ...query } = request.query
    const asked = askedReport(query, now())
    return reply
      .headers({
        'content-type': contentTypes[format],
        'content-disposition': `attachment; filename="docaxis-report-${asked.from}-${asked.to}.${format}"`,
        'x-content-type-options': 'nosniff',
      })
      .send(await fileOf({ ...console, reportPrinter }, request.person, asked, { format, language }))
  })
}

interface FileWish {
  readonly format: keyof typeof contentTypes
  readonly language: Language
}

async function fileOf(
  { database, now, reportPrinter }: Console & { readonly reportPrinter: ReportPrinter },
  { scope, name }: Person,
  asked: AskedReport,
  { format, language }: FileWish,
): Promise<Readable | Buffer> {
  if (format === 'csv') return csvOf(await reportTable(database, scope, asked, asked.by, language))
  const report = await readReport(database, scope, asked, { limit: mostPrinted })
  if (format === 'xlsx') return workbookOf(await reportSheets(database, scope, report, language))
  return reportPrinter.print({ report, language, printedAt: now(), printedFor: name })
}

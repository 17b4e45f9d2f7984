import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { everyRole, type Person } from '../access/person.ts'
import type { Console } from '../console.ts'
import { csvOf, type FileTable, tableOf, workbookOf, workbookType } from '../export/table-file.ts'
import { type DocumentRow, documentRows } from './document-rows.ts'
import { exportColumns } from './export-columns.ts'
import { type QuestionQuery, questionOf, questionQuery } from './question.ts'

/** Rows read at once. */
const batch = 500

/** A sheet holds 1,048,576 rows. A longer list breaks off, as one that fails does: it must not look whole. */
const mostRows = 500_000

const formats = {
  csv: { type: 'text/csv; charset=utf-8', write: csvOf },
  xlsx: { type: workbookType, write: (table: FileTable) => workbookOf([table]) },
} as const

/** The list as a file, streamed while it is read: memory does not grow with it. */
export const documentExportRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const querystring = Type.Object({
    ...questionQuery,
    format: Type.Enum(['csv', 'xlsx']),
    language: Type.Optional(Type.Enum(['vi', 'en'])),
  })
  app.get('/document-export', { config: { may: everyRole }, schema: { querystring } }, async (request, reply) => {
    const { format, language = 'vi', ...query } = request.query
    const { type, write } = formats[format]
    const name = language === 'vi' ? 'Văn bản' : 'Documents'
    return reply
      .headers({
        'content-type': type,
        'content-disposition': `attachment; filename="docaxis-documents.${format}"`,
        'x-content-type-options': 'nosniff',
      })
      .send(write(tableOf(name, language, exportColumns(language), pagesOf(console, request.person, query))))
  })
}

async function* pagesOf(
  { database }: Console,
  person: Person,
  query: QuestionQuery,
): AsyncGenerator<readonly DocumentRow[]> {
  let after: string | undefined
  for (let rows = 0; rows < mostRows; rows += batch) {
    const page = await documentRows(database, person, questionOf(query), { limit: batch, ...(after && { after }) })
    yield page.items
    if (page.next === null) return
    after = page.next
  }
  throw new Error(`a list of more than ${mostRows} rows: choose fewer by their days`)
}

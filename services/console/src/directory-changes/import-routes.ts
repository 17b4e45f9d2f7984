import { Readable } from 'node:stream'
import { recordAudit } from '@docaxis/store'
import { exportOfScope, importWithin, previewImportWithin, type Scope } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../access/person.ts'
import type { Console } from '../console.ts'
import { decided, fileOf, managers } from './managers.ts'
import { templates } from './templates.ts'

/** 111,000 agencies take some 30 MB. */
const maxImportBytes = 64 * 1024 * 1024

const format = Type.Enum(['csv', 'json'])
const contentTypes = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' } as const
const file = { format, mode: Type.Enum(['merge', 'replace']) }

/** Directory files: looked at, done as they were looked at, and written. */
export const importRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database } = console
  const config = { may: managers }
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body)

  const preview = { config, bodyLimit: maxImportBytes, schema: { querystring: Type.Object(file) } }
  app.post('/agency-import/preview', preview, async request => {
    const { query, person } = request
    const bytes = fileOf(request.body)
    return database.transaction(tx => previewImportWithin(tx, bytes, { ...query, scope: person.scope }))
  })

  const apply = { config, bodyLimit: maxImportBytes, schema: { querystring: Type.Object({ ...file, ...decided }) } }
  app.post('/agency-import', apply, async request => {
    const { query, person } = request
    const { sha256, version, reason, format, mode } = query
    const bytes = fileOf(request.body)
    return database.transaction(async tx => {
      const counts = await importWithin(tx, bytes, { format, mode, scope: person.scope, seen: { sha256, version } })
      const details = { format, mode, sha256, reason, ...counts }
      await recordAudit(tx, { actor: actorOf(person), action: 'directory.import', outcome: 'done', details })
      return counts
    })
  })

  const wanted = { config, schema: { querystring: Type.Object({ format }) } }
  app.get('/agency-export', wanted, async (request, reply) => {
    const { format } = request.query
    return reply
      .headers({
        'content-type': contentTypes[format],
        'content-disposition': `attachment; filename="agencies.${format}"`,
        'x-content-type-options': 'nosniff',
      })
      .send(Readable.from(exportPieces(console, format, request.person.scope)))
  })

  const template = {
    config,
    schema: { params: Type.Object({ name: Type.Enum(['agencies.csv', 'agencies.json', 'reform.json']) }) },
  }
  app.get('/agency-templates/:name', template, async (request, reply) => {
    const { name } = request.params
    return reply
      .headers({
        'content-type': contentTypes[name.endsWith('csv') ? 'csv' : 'json'],
        'content-disposition': `attachment; filename="${name}"`,
      })
      .send(templates[name]())
  })
}

/** Pulled by the client's speed; the transaction ends with the last piece, or when the client goes away. */
async function* exportPieces({ database }: Console, format: 'csv' | 'json', scope: Scope): AsyncGenerator<string> {
  const client = await database.pool.connect()
  let whole = false
  try {
    await client.query('begin isolation level repeatable read read only')
    yield* exportOfScope(client, format, scope)
    await client.query('commit')
    whole = true
  } finally {
    // A transaction left in the middle ends with its connection.
    client.release(!whole)
  }
}

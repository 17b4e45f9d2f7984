import { Readable } from 'node:stream'
import { HubError } from '@docaxis/errors'
import { exportDirectory, importDirectory } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Gateway } from '../gateway.ts'
import { file, problems } from '../routes/schemas.ts'
import { audited } from './audited.ts'

const format = Type.Union([Type.Literal('csv'), Type.Literal('json')])
const counts = Type.Object({
  dryRun: Type.Boolean(),
  added: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  removed: Type.Integer(),
})

/** 111,000 agencies take some 30 MB. */
const maxImportBytes = 128 * 1024 * 1024

const contentTypes = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' } as const

/** Thrown to take a rehearsed import back; carries what it would have done. */
class DryRun extends Error {
  readonly counts: Awaited<ReturnType<typeof importDirectory>>

  constructor(counts: Awaited<ReturnType<typeof importDirectory>>) {
    super('rehearsed only')
    this.counts = counts
  }
}

/** Import and export of the directory, for operators. */
export const adminDirectoryRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  // The file is read by packages/directory, which names faults by line; no other parser touches it.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit: maxImportBytes },
    async (_request: unknown, body: Buffer) => body,
  )

  app.post(
    '/admin/agencies/import',
    {
      bodyLimit: maxImportBytes,
      schema: {
        operationId: 'importAgencies',
        summary: 'Import agencies, all or nothing; faults come by line',
        description:
          '`merge` adds and changes, `replace` also removes what is not in the file. `dryRun` writes nothing.',
        tags: ['administration'],
        consumes: ['text/csv', 'application/json'],
        querystring: Type.Object({
          format: Type.Optional(format),
          mode: Type.Optional(Type.Union([Type.Literal('merge'), Type.Literal('replace')])),
          dryRun: Type.Optional(Type.Boolean()),
        }),
        response: { 200: counts, ...problems },
      },
    },
    async request => {
      const { format: given, mode = 'merge', dryRun = false } = request.query
      const { body } = request
      if (!Buffer.isBuffer(body)) throw new HubError('REQUEST_INVALID', 'the body holds no file')
      const read = given ?? (request.headers['content-type']?.includes('json') ? 'json' : 'csv')
      const action = { action: 'directory.import', details: { format: read, mode } }
      try {
        const result = await audited(gateway, request, action, async tx => {
          const done = await importDirectory(tx, body, { format: read, mode })
          if (dryRun) throw new DryRun(done)
          return done
        })
        return { dryRun, ...result }
      } catch (error) {
        if (error instanceof DryRun) return { dryRun, ...error.counts }
        throw error
      }
    },
  )

  app.get(
    '/admin/agencies/export',
    {
      schema: {
        operationId: 'exportAgencies',
        summary: 'The whole directory as of one moment',
        tags: ['administration'],
        produces: ['text/csv', 'application/json'],
        querystring: Type.Object({ format: Type.Optional(format) }),
        response: { 200: file, ...problems },
      },
    },
    async (request, reply) => {
      const { format: wanted = 'csv' } = request.query
      reply
        .type(contentTypes[wanted])
        .header('content-disposition', `attachment; filename="agencies.${wanted}"`)
        .header('cache-control', 'no-store')
      return reply.send(Readable.from(exportPieces(gateway, wanted)))
    },
  )
}

/** Pulled by the client's speed; the transaction ends with the last piece, or when the client goes away. */
async function* exportPieces(gateway: Gateway, format: 'csv' | 'json'): AsyncGenerator<string> {
  const client = await gateway.database.pool.connect()
  let whole = false
  try {
    await client.query('begin isolation level repeatable read read only')
    yield* exportDirectory(client, format)
    await client.query('commit')
    whole = true
  } finally {
    // A transaction left in the middle ends with its connection.
    client.release(!whole)
  }
}

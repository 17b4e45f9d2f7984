import { applyReform, cancelReform, type ReformRecord, recordAudit } from '@docaxis/store'
import {
  previewReformWithin,
  reformInScope,
  reformsInScope,
  reformWithin,
  requireWhollyInScope,
} from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { actorOf } from '../access/person.ts'
import type { Console } from '../console.ts'
import { decided, fileOf, hubId, managers, reason } from './managers.ts'

/** All communes of a country merged in one file take some 5 MB. */
const maxReformBytes = 32 * 1024 * 1024

/** How much of each list of a preview is told one by one. */
const told = 50
const listed = 200

const params = Type.Object({ id: hubId })

/** Reforms of the directory: those that were done and that are to come, and a new one looked at before it is done. */
export const reformRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, bus } = console
  const config = { may: managers }

  app.get('/reforms', { config }, async request => ({
    items: (await reformsInScope(database, request.person.scope, listed)).map(shown),
  }))

  app.get('/reforms/:id', { config, schema: { params } }, async request => {
    const { reform, file } = await reformInScope(database, request.person.scope, request.params.id)
    return { ...shown(reform), ...deedsOf(file) }
  })

  app.post('/reforms/:id/cancel', { config, schema: { params, body: Type.Object({ reason }) } }, async request => {
    const { id } = request.params
    const { reason } = request.body
    const { scope } = request.person
    const by = actorOf(request.person)
    return database.transaction(async tx => {
      await requireWhollyInScope(tx, scope, id)
      const reform = await cancelReform(tx, id, { by, reason })
      const details = { reason, name: reform.name }
      await recordAudit(tx, { actor: by, action: 'directory.reform.cancel', object: id, outcome: 'done', details })
      return shown(reform)
    })
  })

  await app.register(async files => {
    files.removeAllContentTypeParsers()
    files.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body)
    const route = { config, bodyLimit: maxReformBytes }

    files.post('/reforms/preview', route, async request => {
      const bytes = fileOf(request.body)
      return database.transaction(tx => previewReformWithin(tx, bytes, request.person.scope, told))
    })

    const schema = { querystring: Type.Object(decided) }
    files.post<{ Querystring: Decided }>('/reforms', { ...route, schema }, async (request, reply) => {
      const { sha256, version, reason } = request.query
      const bytes = fileOf(request.body)
      const by = actorOf(request.person)
      const check = reformWithin(request.person.scope)
      const reform = await database.transaction(async tx => {
        const done = await applyReform(tx, bytes, { by, reason, seen: { sha256, version }, check })
        const details = { reason, name: done.name, sha256, state: done.state }
        await recordAudit(tx, { actor: by, action: 'directory.reform.ask', object: done.id, outcome: 'done', details })
        return done
      })
      bus.nudge()
      return reply.code(201).send(shown(reform))
    })
  })
}

interface Decided {
  readonly sha256: string
  readonly version: number
  readonly reason: string
}

function shown({ askedAt, settledAt, ...same }: ReformRecord) {
  return { ...same, askedAt: askedAt.toISOString(), settledAt: settledAt?.toISOString() }
}

/** What the file says, as it was read without a fault when it was asked for. */
function deedsOf(file: Buffer): {
  readonly basis?: string
  readonly changes: readonly unknown[]
  readonly changeCount: number
} {
  const { basis, changes } = JSON.parse(new TextDecoder().decode(file)) as {
    readonly basis?: string
    readonly changes: readonly unknown[]
  }
  return { ...(basis !== undefined && { basis }), changes: changes.slice(0, told), changeCount: changes.length }
}

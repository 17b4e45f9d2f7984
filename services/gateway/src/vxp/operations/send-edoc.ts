import { Readable } from 'node:stream'
import type { Sql } from '@docaxis/store'
import { findAgencies } from '@docaxis/store'
import type { FastifyRequest } from 'fastify'
import { acceptDocument } from '../../intake/accept-document.ts'
import { observed } from '../../routes/intake-log.ts'
import { hashFileForm } from '../hash-file.ts'
import { VxpRefusal } from '../refusal.ts'
import { type ProvedCall, stateOf } from '../vxp-state.ts'
import { describeEffects } from './effect-words.ts'
import { kindOf, type Operation, requireService } from './operation.ts'

/** Sends one packet, as `POST /api/v1/documents` does. Its own To decides who gets it, not the header `to`. */
export const sendEdoc: Operation = {
  name: 'sendEdoc',
  method: 'POST',
  reads: ['from', 'servicetype', 'messagetype', 'to', 'hash-file'],
  run: async ({ gateway, request, proved }) => {
    requireService(proved)
    const declaredKind = kindOf(proved)
    const hashFile = proved.call.parameter('hash-file')
    if (hashFile === undefined) throw new VxpRefusal('header-missing', { header: 'hash-file' })
    await requireBoundSender(gateway.database, proved)

    const body = await fileOf(request, gateway.settings.maxEnvelopeBytes)
    const { acceptance } = await observed(request, gateway.metrics, () =>
      acceptDocument(gateway.accept, proved.caller, {
        ...body,
        traceparent: request.trace.traceparent,
        ...(declaredKind && { declaredKind }),
        onReceived: sha256 => requireHash(request, hashFile, sha256),
      }),
    )
    const told = describeEffects(acceptance.effects)
    return { fields: { DocId: acceptance.id }, ...(told && { errorDesc: told }) }
  },
}

function requireHash(request: FastifyRequest, hashFile: string, sha256: string): void {
  const form = hashFileForm(hashFile, sha256)
  stateOf(request).hashFile = form
  if (form === 'neither') {
    throw new VxpRefusal('hash-file', { sent: hashFile.slice(0, 64), received: sha256 })
  }
}

/** `from` is the system's id, which the kit adds to every call, or an agency that is bound to it, in any form of its code. */
async function requireBoundSender(sql: Sql, { call, caller }: ProvedCall): Promise<void> {
  const from = call.parameter('from')
  if (from === undefined || [call.systemid, caller.systemId, ...caller.agencies].includes(from)) return
  const agency = (await findAgencies(sql, [from])).get(from)?.agency
  if (!agency || !caller.agencies.includes(agency.code)) {
    throw new VxpRefusal('sender-not-bound', { from: from.slice(0, 100) })
  }
}

/** The raw body, or the part `file_doc` of a form: some wrappers send that. */
async function fileOf(
  request: FastifyRequest,
  maxBytes: number,
): Promise<{ readonly body: Readable; readonly declaredBytes?: number }> {
  if (request.isMultipart()) return { body: await filePart(request, maxBytes) }
  const { body, headers } = request
  if (!(body instanceof Readable)) throw new VxpRefusal('file-missing')
  const declared = headers['content-length']
  return { body, ...(declared !== undefined && { declaredBytes: Number(declared) }) }
}

const partName = 'file_doc'

async function filePart(request: FastifyRequest, maxBytes: number): Promise<Readable> {
  // One byte more than is taken, so that what reads it sees that there is more.
  const limits = { fileSize: maxBytes + 1, files: 4, fields: 32, headerPairs: 32 }
  for await (const part of request.files({ limits, throwFileSizeLimit: false })) {
    if (part.fieldname === partName) return part.file
    part.file.resume()
  }
  throw new VxpRefusal('file-missing')
}

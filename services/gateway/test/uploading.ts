import { createHash } from 'node:crypto'
import { type ClientRequest, request } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { TestGateway } from './harness.ts'

export const tus = { 'tus-resumable': '1.0.0' }
const partType = { 'content-type': 'application/offset+octet-stream' }

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** The calls of tus 1.0.0, as the system g99 unless another is named. */
export function uploading(hub: TestGateway) {
  const open = (sizeBytes: number, headers: Record<string, string> = {}, system = 'g99') =>
    hub.app.inject({
      method: 'POST',
      url: '/api/v1/uploads',
      headers: { ...hub.as(system), ...tus, 'upload-length': String(sizeBytes), ...headers },
    })

  return {
    open,
    /** @returns its path */
    opened: async (sizeBytes: number) => String((await open(sizeBytes)).headers.location),
    patch: (
      url: string,
      offset: number,
      payload: Buffer,
      headers: Record<string, string> = {},
      app: FastifyInstance = hub.app,
    ) =>
      app.inject({
        method: 'PATCH',
        url,
        headers: { ...hub.as('g99'), ...tus, ...partType, 'upload-offset': String(offset), ...headers },
        payload,
      }),
    head: (url: string) => hub.app.inject({ method: 'HEAD', url, headers: { ...hub.as('g99'), ...tus } }),
    giveUp: (url: string) => hub.app.inject({ method: 'DELETE', url, headers: { ...hub.as('g99'), ...tus } }),
    /** A part that is still being sent: what is written to it goes out, its end is the caller's. */
    slowPatch(base: string, url: string, offset: number, sizeBytes: number) {
      const headers = { ...hub.as('g99'), ...tus, ...partType, 'upload-offset': offset, 'content-length': sizeBytes }
      const sending = request(`${base}${url}`, { method: 'PATCH', headers })
      return { sending, answered: answerOf(sending) }
    },
  }
}

export const idOf = (url: string): string => url.split('/').at(-1) ?? ''

/** Status and body; undefined when the connection broke. */
function answerOf(sending: ClientRequest): Promise<{ status: number | undefined; body: string } | undefined> {
  return new Promise(resolve => {
    sending.on('error', () => resolve(undefined))
    sending.on('response', response => {
      let body = ''
      response.setEncoding('utf8').on('data', text => {
        body += text
      })
      response.on('end', () => resolve({ status: response.statusCode, body }))
      response.on('error', () => resolve(undefined))
    })
  })
}

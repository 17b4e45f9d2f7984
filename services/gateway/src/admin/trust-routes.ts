import { HubError } from '@docaxis/errors'
import { type Certificate, DerError, parseCertificate } from '@docaxis/pki'
import { importCrl } from '@docaxis/service'
import {
  addMandate,
  bindCertificate,
  type CertificateBinding,
  endMandate,
  listCertificates,
  listMandates,
  type MandateRecord,
  unbindCertificate,
} from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'
import { iso } from '../routes/document-answers.ts'
import { agencyCode, nullableTime, problems, sha256, time } from '../routes/schemas.ts'
import { audited } from './audited.ts'

/** Base64 DER or PEM. */
const encoded = Type.String({ minLength: 1, maxLength: 64 * 1024 })
const maxCrlBytes = 64 * 1024 * 1024

const certificateAnswer = Type.Object({
  sha256,
  agency: Type.String(),
  subject: Type.String(),
  issuer: Type.String(),
  serial: Type.String(),
  notBefore: time,
  notAfter: time,
  boundAt: time,
  unboundAt: nullableTime,
})

const mandateAnswer = Type.Object({
  id: Type.String(),
  principal: Type.String(),
  holder: Type.String(),
  kind: Type.String(),
  validFrom: time,
  validTo: nullableTime,
  createdAt: time,
})

/** Certificates of agencies, mandates to seal for another, revocation lists; for operators. */
export const adminTrustRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  const { database } = gateway
  app.addContentTypeParser(
    ['application/pkix-crl', 'application/x-pem-file', 'application/octet-stream'],
    { parseAs: 'buffer', bodyLimit: maxCrlBytes },
    async (_request: unknown, body: Buffer) => body,
  )

  app.get(
    '/admin/certificates',
    {
      schema: {
        operationId: 'listCertificates',
        summary: 'Certificates an agency holds or held',
        tags: ['administration'],
        querystring: Type.Object({ agency: agencyCode }),
        response: { 200: Type.Object({ items: Type.Array(certificateAnswer) }), ...problems },
      },
    },
    async request => ({ items: (await listCertificates(database, request.query.agency)).map(certificateBody) }),
  )

  app.post(
    '/admin/certificates',
    {
      schema: {
        operationId: 'bindCertificate',
        summary: 'Bind a seal certificate to an agency or center',
        tags: ['administration'],
        body: Type.Object({ agency: agencyCode, certificate: encoded }, { additionalProperties: false }),
        response: { 201: Type.Object({ sha256, subject: Type.String() }), ...problems },
      },
    },
    async (request, reply) => {
      const { agency, certificate: text } = request.body
      const certificate = readCertificate(text)
      const { sha256: digest } = certificate
      const action = { action: 'certificate.bind', object: digest, details: { agency } }
      await audited(gateway, request, action, tx => bindCertificate(tx, agency, rowOf(certificate)))
      return reply.code(201).send({ sha256: digest, subject: certificate.subject.text })
    },
  )

  app.delete(
    '/admin/certificates/:sha256',
    {
      schema: {
        operationId: 'unbindCertificate',
        summary: 'End a binding; it stays on record',
        tags: ['administration'],
        params: Type.Object({ sha256 }),
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const digest = request.params.sha256
      await audited(gateway, request, { action: 'certificate.unbind', object: digest }, async tx => {
        if (!(await unbindCertificate(tx, digest))) throw notFound()
      })
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/admin/mandates',
    {
      schema: {
        operationId: 'listMandates',
        summary: 'Mandates to seal for another',
        tags: ['administration'],
        querystring: Type.Object({ principal: Type.Optional(agencyCode), holder: Type.Optional(agencyCode) }),
        response: { 200: Type.Object({ items: Type.Array(mandateAnswer) }), ...problems },
      },
    },
    async request => ({ items: (await listMandates(database, request.query)).map(mandateBody) }),
  )

  app.post(
    '/admin/mandates',
    {
      schema: {
        operationId: 'addMandate',
        summary: '"holder may seal for principal"',
        tags: ['administration'],
        body: Type.Object(
          {
            principal: agencyCode,
            holder: agencyCode,
            kind: Type.Union([Type.Literal('seal'), Type.Literal('transport')]),
            validFrom: time,
            validTo: Type.Optional(time),
          },
          { additionalProperties: false },
        ),
        response: { 201: mandateAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { validFrom, validTo, ...parties } = request.body
      const mandate = {
        ...parties,
        validFrom: new Date(validFrom),
        ...(validTo !== undefined && { validTo: new Date(validTo) }),
      }
      const action = { action: 'mandate.add', object: parties.principal, details: request.body }
      const added = await audited(gateway, request, action, tx => addMandate(tx, mandate))
      return reply.code(201).send(mandateBody(added))
    },
  )

  app.delete(
    '/admin/mandates/:id',
    {
      schema: {
        operationId: 'endMandate',
        summary: 'End a mandate now',
        tags: ['administration'],
        params: Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) }),
        response: { 200: mandateAnswer, ...problems },
      },
    },
    async request => {
      const { id } = request.params
      const action = { action: 'mandate.end', object: id }
      return mandateBody(await audited(gateway, request, action, tx => endMandate(tx, id, gateway.now())))
    },
  )

  app.post(
    '/admin/crls',
    {
      bodyLimit: maxCrlBytes,
      schema: {
        operationId: 'importCrl',
        summary: 'Import a revocation list (DER or PEM) that a known authority signed',
        tags: ['administration'],
        consumes: ['application/pkix-crl', 'application/x-pem-file', 'application/octet-stream'],
        response: {
          200: Type.Object({ sha256, issuer: Type.String(), entries: Type.Integer(), kept: Type.Boolean() }),
          ...problems,
        },
      },
    },
    async request => {
      const { body } = request
      if (!Buffer.isBuffer(body)) throw new HubError('UNSUPPORTED_MEDIA_TYPE', 'send the list as application/pkix-crl')
      const trust = await gateway.trust.current()
      const { crl, kept } = await audited(gateway, request, { action: 'crl.import' }, tx => importCrl(tx, trust, body))
      gateway.trust.changed()
      return { sha256: crl.sha256, issuer: crl.issuer.text, entries: crl.size, kept }
    },
  )
}

/** @param text PEM, or DER in Base64 */
function readCertificate(text: string): Certificate {
  try {
    return parseCertificate(text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64'))
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    throw new HubError('REQUEST_INVALID', `not a certificate: ${error.message}`, { cause: error })
  }
}

function rowOf({ sha256: digest, der, subject, issuer, serial, notBefore, notAfter }: Certificate) {
  return { sha256: digest, der, subject: subject.text, issuer: issuer.text, serial, notBefore, notAfter }
}

function certificateBody(binding: CertificateBinding): Static<typeof certificateAnswer> {
  const { agencyCode: agency, notBefore, notAfter, boundAt, unboundAt, ...same } = binding
  return {
    ...same,
    agency,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    boundAt: boundAt.toISOString(),
    unboundAt: iso(unboundAt),
  }
}

function mandateBody({ validFrom, validTo, createdAt, ...same }: MandateRecord): Static<typeof mandateAnswer> {
  return {
    ...same,
    validFrom: validFrom.toISOString(),
    validTo: iso(validTo),
    createdAt: createdAt.toISOString(),
  }
}

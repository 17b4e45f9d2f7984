import { HubError } from '@docaxis/errors'
import { receiptByHash } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Gateway } from '../gateway.ts'
import type { Submission } from '../intake/accept-document.ts'
import { idParams, problems, sha256, time } from '../routes/schemas.ts'
import { streamOf, submissionOf } from '../routes/submission.ts'
import { momentOf } from './moment.ts'
import { pdfAnswer, pdfBody } from './pdf-answer.ts'
import { receiptAnswer, receiptBody } from './receipt-answer.ts'
import { certificateAnswer, certificateBody, envelopeAnswer, envelopeBody } from './verify-answers.ts'
import { verifyCertificate } from './verify-certificate.ts'
import { verifyEnvelope } from './verify-envelope.ts'
import { verifyPdf } from './verify-pdf.ts'
import { judgeReceipt, readReceiptFile } from './verify-receipt.ts'

/** A certificate with those of its issuers. */
const maxCertificateBytes = 256 * 1024
const certificateTypes = [
  'application/pkix-cert',
  'application/x-x509-ca-cert',
  'application/x-pem-file',
  'application/octet-stream',
]

const judgedAt = Type.Optional({ ...time, description: 'The moment to judge at; now when absent' })
const purpose = Type.Optional(
  Type.Union(
    [
      Type.Literal('document'),
      Type.Literal('seal'),
      Type.Literal('official'),
      Type.Literal('tsa'),
      Type.Literal('ocsp'),
      Type.Literal('any'),
    ],
    { description: 'What it is to be good for; signing documents when absent' },
  ),
)

/** What certificates and documents are worth. Nothing that is sent here is kept. */
export const verifyRoutes: FastifyPluginAsyncTypebox<{ gateway: Gateway }> = async (app, { gateway }) => {
  app.addContentTypeParser(
    ['application/xml', 'application/pdf'],
    async (_request: FastifyRequest, payload: Submission['body']) => payload,
  )
  app.addContentTypeParser(
    certificateTypes,
    { parseAs: 'buffer', bodyLimit: maxCertificateBytes },
    async (_request: FastifyRequest, body: Buffer) => body,
  )

  app.post(
    '/verify/certificate',
    {
      config: { strangers: true },
      bodyLimit: maxCertificateBytes,
      schema: {
        operationId: 'verifyCertificate',
        summary: 'Whether a certificate can be trusted, and why',
        description: 'DER, or PEM with the certificate first; others behind it may lead to its issuer.',
        tags: ['verification'],
        consumes: certificateTypes,
        querystring: Type.Object({ at: judgedAt, purpose }),
        response: { 200: certificateAnswer, ...problems },
      },
    },
    async request => {
      const { body, query } = request
      if (!Buffer.isBuffer(body)) {
        throw new HubError('UNSUPPORTED_MEDIA_TYPE', 'send the certificate as application/pkix-cert or x-pem-file')
      }
      const deps = { sql: gateway.database, trust: gateway.trust }
      const question = { bytes: body, purpose: query.purpose ?? 'document', ...momentOf(gateway, query.at) }
      return certificateBody(await verifyCertificate(deps, question))
    },
  )

  app.post(
    '/verify/envelope',
    {
      config: { strangers: true },
      schema: {
        operationId: 'verifyEnvelope',
        summary: 'Whether an edXML packet is signed by its sender and unchanged, and why',
        tags: ['verification'],
        consumes: ['application/xml'],
        querystring: Type.Object({ at: judgedAt }),
        response: { 200: envelopeAnswer, ...problems },
      },
    },
    async request =>
      envelopeBody(await verifyEnvelope(gateway.accept, submissionOf(request), momentOf(gateway, request.query.at))),
  )

  app.post(
    '/verify/pdf',
    {
      config: { strangers: true },
      schema: {
        operationId: 'verifyPdf',
        summary: 'Whether the signatures of a PDF are good, each by itself, and why',
        tags: ['verification'],
        consumes: ['application/pdf'],
        querystring: Type.Object({ at: judgedAt }),
        response: { 200: pdfAnswer, ...problems },
      },
    },
    async request => {
      const { blobs, trust, visitorsPdf: pdf, settings } = gateway
      const deps = { blobs, trust, pdf, maxBytes: settings.maxEnvelopeBytes }
      const pdfFile = streamOf(request, 'send the PDF as application/pdf')
      const answer = await verifyPdf(deps, pdfFile, momentOf(gateway, request.query.at))
      const { receipt } = answer
      return pdfBody(answer, receipt ? receiptBody(await judgeReceipt(gateway, Buffer.from(receipt))) : null)
    },
  )

  app.post(
    '/verify/receipt',
    {
      config: { strangers: true },
      schema: {
        operationId: 'verifyReceipt',
        summary: 'Whether a receipt (XML) was signed by this hub and is unchanged',
        description: 'A printed receipt goes to `/verify/pdf`, which answers the same in `receipt`.',
        tags: ['verification'],
        consumes: ['application/xml'],
        response: { 200: receiptAnswer, ...problems },
      },
    },
    async request => {
      const { body } = streamOf(request, 'send the receipt as application/xml')
      return receiptBody(await judgeReceipt(gateway, await readReceiptFile(body)))
    },
  )

  app.get(
    '/verify/receipt/:id',
    {
      config: { strangers: true },
      schema: {
        operationId: 'verifyPrintedReceipt',
        summary: 'Whether this hub issued the receipt that a QR code on paper names, and what it says',
        description: 'Both the id and the hash are needed; they stand on the paper alone.',
        tags: ['verification'],
        params: idParams,
        querystring: Type.Object({ sha256 }),
        response: { 200: receiptAnswer, ...problems },
      },
    },
    async request => {
      const xml = await receiptByHash(gateway.database, request.params.id, request.query.sha256)
      if (!xml) throw new HubError('NOT_FOUND', 'this hub issued no receipt of this id and hash')
      return receiptBody(await judgeReceipt(gateway, xml))
    },
  )
}

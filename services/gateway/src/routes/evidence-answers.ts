import { type EvidencedVerdict, evidenceNamedBy } from '@docaxis/signature'
import { type DocumentVerdicts, listEvidence, readEvidence, type Sql } from '@docaxis/store'
import type { FastifyReply } from 'fastify'
import { type Static, Type } from 'typebox'
import { notFound } from '../problems.ts'
import { attachmentAnswer, attachmentBodies, attachmentsIn } from './attachment-answers.ts'
import { hubId, sha256, time, verdict } from './schemas.ts'

export const evidenceAnswer = Type.Object({
  document: Type.Object({
    id: hubId,
    documentId: Type.String(),
    sender: Type.String(),
    sha256,
    acceptedAt: time,
  }),
  seal: verdict,
  attachments: Type.Array(
    Type.Object({
      ...attachmentAnswer.properties,
      judged: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
        description: 'The verdict whole, as it is stored',
      }),
    }),
  ),
  items: Type.Array(
    Type.Object({
      sha256,
      kind: Type.Union([Type.Literal('certificate'), Type.Literal('crl'), Type.Literal('ocsp'), Type.Literal('token')]),
      sizeBytes: Type.Integer(),
      url: Type.String(),
    }),
    { description: 'What the verdicts rest on, in DER' },
  ),
})

/** @param base path under which the pieces are fetched */
export async function evidenceBody(
  sql: Sql,
  verdicts: DocumentVerdicts,
  base: string,
): Promise<Static<typeof evidenceAnswer>> {
  const { id, documentId, sender, acceptedAt, seal, checks } = verdicts
  const items = await listEvidence(sql, hashesIn(verdicts))
  const judged = new Map(
    checks.filter(({ kind }) => kind === 'signatures').map(check => [check.position, check.verdict]),
  )
  return {
    document: { id, documentId, sender, sha256: verdicts.sha256, acceptedAt: acceptedAt.toISOString() },
    seal: seal as Static<typeof verdict>,
    attachments: attachmentBodies(attachmentsIn(verdicts.envelope), checks).map(body => ({
      ...body,
      judged: (judged.get(body.position) ?? null) as Record<string, unknown> | null,
    })),
    items: items.map(item => ({ ...item, url: `${base}/${item.sha256}` })),
  }
}

const mediaTypes = {
  certificate: 'application/pkix-cert',
  crl: 'application/pkix-crl',
  ocsp: 'application/ocsp-response',
  token: 'application/vnd.etsi.timestamp-token',
} as const

/** One piece, if it is one of this packet's. */
export async function sendEvidence(sql: Sql, verdicts: DocumentVerdicts, hash: string, reply: FastifyReply) {
  const piece = hashesIn(verdicts).includes(hash) ? await readEvidence(sql, hash) : undefined
  if (!piece) throw notFound()
  return reply
    .type(mediaTypes[piece.kind])
    .header('content-disposition', `attachment; filename="${hash}"`)
    .header('cache-control', 'private, no-store')
    .send(Buffer.from(piece.der))
}

function hashesIn({ seal, checks }: DocumentVerdicts): string[] {
  const verdicts = [seal, ...checks.map(({ verdict }) => verdict)].filter(isVerdict)
  return [...new Set(verdicts.flatMap(evidenceNamedBy))]
}

function isVerdict(verdict: unknown): verdict is EvidencedVerdict {
  return typeof verdict === 'object' && verdict !== null && 'code' in verdict
}

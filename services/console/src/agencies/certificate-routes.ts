import { holdCertificate, readCertificate } from '@docaxis/service'
import { type CertificateBinding, findBindings, listCertificates, unbindCertificate } from '@docaxis/store'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { audited } from '../access/audited.ts'
import { everyRole } from '../access/person.ts'
import type { Console } from '../console.ts'
import { daysAfter } from './days-after.ts'
import { sealManagers } from './rights.ts'
import { agencyCode, agencyParams } from './schemas.ts'
import { getSeenAgency, notFound } from './seen-agency.ts'

const certificateParams = Type.Object({ code: agencyCode, sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) })
const wish = Type.Object({
  /** PEM, or DER in Base64. */
  certificate: Type.String({ minLength: 1, maxLength: 64 * 1024 }),
  official: Type.Optional(
    Type.Object({
      person: Type.String({ minLength: 1, maxLength: 200 }),
      position: Type.Optional(Type.String({ maxLength: 200 })),
    }),
  ),
  othersEndInDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 365 })),
})

/** Certificates that an agency, or an official of it, signs with. */
export const agencyCertificateRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, now } = console

  const looked = { config: { may: everyRole }, schema: { params: agencyParams } }
  app.get('/agencies/:code/certificates', looked, async ({ person, params }) => {
    const { agency } = await getSeenAgency(console, person, params.code)
    const items = await listCertificates(database, agency.code)
    return { items: items.toReversed().map(binding => certificateView(binding, now())) }
  })

  const added = { config: { may: sealManagers }, schema: { params: agencyParams, body: wish } }
  app.post('/agencies/:code/certificates', added, async (request, reply) => {
    const { agency } = await getSeenAgency(console, request.person, request.params.code)
    const { certificate: text, official, othersEndInDays: days } = request.body
    const certificate = readCertificate(text.trim())
    const { sha256 } = certificate
    await audited(
      console,
      request,
      tx =>
        holdCertificate(tx, certificate, {
          agency: agency.code,
          ...(official && { official }),
          ...(days !== undefined && { othersEndAt: daysAfter(now(), days) }),
        }),
      ending => ({
        action: 'certificate.bind',
        object: sha256,
        details: { agency: agency.code, ...official, ending },
      }),
    )
    return reply.code(201).send({ sha256 })
  })

  const withdrawn = { config: { may: sealManagers }, schema: { params: certificateParams } }
  app.delete('/agencies/:code/certificates/:sha256', withdrawn, async (request, reply) => {
    const { agency } = await getSeenAgency(console, request.person, request.params.code)
    const { sha256 } = request.params
    await audited(
      console,
      request,
      async tx => {
        const [held] = await findBindings(tx, sha256)
        if (held?.agencyCode !== agency.code || !(await unbindCertificate(tx, sha256))) throw notFound()
      },
      () => ({ action: 'certificate.unbind', object: sha256, details: { agency: agency.code } }),
    )
    return reply.code(204).send()
  })
}

const dayMs = 86_400_000

function certificateView(binding: CertificateBinding, at: Date) {
  const { sha256, kind, subject, issuer, serial, notBefore, notAfter, official, suspended, revoked } = binding
  const { boundAt, endsAt, unboundAt } = binding
  const end = endsAt && endsAt < notAfter ? endsAt : notAfter
  return {
    sha256,
    kind,
    subject,
    issuer,
    serial,
    person: official?.person ?? null,
    position: official?.position ?? null,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    boundAt: boundAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    unboundAt: unboundAt?.toISOString() ?? null,
    suspended: suspended?.reason ?? null,
    revoked: revoked?.reason ?? null,
    /** Whole days until it, or its binding, ends; negative: it has ended. */
    days: Math.floor((end.getTime() - at.getTime()) / dayMs),
  }
}

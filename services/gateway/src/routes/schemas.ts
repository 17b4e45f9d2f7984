import type { Readable } from 'node:stream'
import { type Static, type TSchema, Type } from 'typebox'

// Shapes that several routes share. Answers keep what the hub's types already promise, so parts that are plain JSON of
// another package (findings, verdicts, envelopes) are described loosely here and in full by their package.

export const hubId = Type.String({ pattern: '^[0-9a-f]{24}$', description: 'Id given by the hub: 24 hex characters' })
export const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
export const time = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' })
export const agencyCode = Type.String({ minLength: 1, maxLength: 35 })
export const nullable = <T extends ReturnType<typeof Type.String>>(schema: T) => Type.Union([schema, Type.Null()])
export const nullableText = Type.Union([Type.String(), Type.Null()])
export const nullableTime = Type.Union([time, Type.Null()])

export const level = Type.Union([
  Type.Literal('central'),
  Type.Literal('province'),
  Type.Literal('district'),
  Type.Literal('commune'),
])
export const packetKind = Type.Union([Type.Literal('document'), Type.Literal('status')])
export const pageLimit = Type.Integer({ minimum: 1, maximum: 500, default: 100 })
export const cursor = Type.String({ minLength: 1, maxLength: 200 })

/** The schema by reference to its `$id`, so that the description holds it once. */
function shared<T extends TSchema & { readonly $id?: string }>(schema: T) {
  return Type.Unsafe<Static<T>>({ $ref: `${schema.$id}#` })
}

const bilingual = Type.Object({ vi: Type.String(), en: Type.String() })

const findingSchema = Type.Object(
  {
    code: Type.String(),
    path: Type.String(),
    severity: Type.Optional(Type.Union([Type.Literal('error'), Type.Literal('warning')])),
    vi: Type.String(),
    en: Type.String(),
    hint: bilingual,
    details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  {
    $id: 'Finding',
    description: 'One fault of an envelope: a path code of edXML 11, or one verification code per signature',
  },
)
export const finding = shared(findingSchema)

const certificate = Type.Object({
  sha256: Type.String(),
  subject: Type.String(),
  issuer: Type.String(),
  serial: Type.String(),
  notBefore: Type.String(),
  notAfter: Type.String(),
})

const check = Type.Object({ rule: Type.String(), passed: Type.Boolean(), detail: Type.String() })

const binding = Type.Object({
  holderCode: Type.String(),
  mandate: Type.Optional(Type.Object({ id: Type.String(), kind: Type.String() })),
})

/** `SealVerdict` of packages/signature. Named in full, so that a stored verdict is written in the same order again. */
const verdictSchema = Type.Object(
  {
    verdict: Type.String(),
    code: Type.String(),
    state: Type.String(),
    rule: Type.Optional(Type.String()),
    detail: Type.Optional(Type.String()),
    checks: Type.Optional(Type.Array(check)),
    judgedAt: Type.Optional(Type.String()),
    timeSource: Type.Optional(Type.String()),
    certificate: Type.Optional(certificate),
    binding: Type.Optional(binding),
    path: Type.Optional(Type.Array(Type.String())),
    crls: Type.Optional(Type.Array(Type.String())),
    ocsp: Type.Optional(Type.Array(Type.String())),
    signatureAlgorithm: Type.Optional(Type.String()),
    digestAlgorithm: Type.Optional(Type.String()),
    algorithmEnds: Type.Optional(Type.Record(Type.String(), Type.String())),
    ruleSet: Type.Optional(Type.String()),
  },
  { $id: 'Verdict', description: 'Verdict on the seal, with every check that led to it' },
)
export const verdict = shared(verdictSchema)

/** Bytes sent as they are. */
export const file = Type.Unsafe<Buffer | Readable | undefined>({ type: 'string', format: 'binary' })

/** RFC 9457. */
const problemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'A row of packages/errors' }),
    help: Type.Optional(
      Type.String({ format: 'uri-reference', description: 'Page that explains the code, for clerk and vendor' }),
    ),
    detail: Type.Optional(Type.String()),
    errors: Type.Optional(Type.Array(finding)),
  },
  { $id: 'Problem', additionalProperties: true, description: 'Problem details (RFC 9457)' },
)
export const problem = shared(problemSchema)

export const problems = { '4xx': problem, '5xx': problem } as const

export const idParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 64 }) })

/** What routes refer to; registered before them. */
export const sharedSchemas = [findingSchema, verdictSchema, problemSchema]

import { Type } from 'typebox'
import { finding, hubId, nullableText, nullableTime, sha256, time } from '../routes/schemas.ts'

const count = Type.Integer()

const figures = Type.Object({
  agencies: Type.Object({ opened: count, closed: count, renamed: count, moved: count, rehomed: count, changed: count }),
  systems: Type.Object({ affected: count, bound: count }),
  certificates: count,
  mandates: count,
  documents: Type.Integer({ description: 'Packets under way to agencies that close, each once' }),
  deliveries: Type.Object({
    moved: count,
    joined: Type.Integer({
      description: 'The successor gets the packet in another delivery; these end as that one does',
    }),
    returned: Type.Integer({ description: 'Back at the sender with the reason, and the choices where there are some' }),
    unrouted: count,
  }),
  tasks: Type.Object({ requests: count, unfinished: count, inherited: count }),
})

export const previewAnswer = Type.Object({
  name: Type.String(),
  title: Type.String(),
  effectiveOn: Type.String(),
  figures,
  agencies: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      changes: Type.Array(Type.String({ description: '`opened`, `closed`, `renamed`, `moved`, `rehomed`' })),
      parent: nullableText,
      center: nullableText,
      successor: nullableText,
      choices: Type.Array(Type.String()),
    }),
  ),
  systems: Type.Array(Type.Object({ id: Type.String(), closing: count, remaining: count })),
  certificates: Type.Array(Type.Object({ sha256, agency: Type.String(), subject: Type.String(), endsAt: time })),
  mandates: Type.Array(
    Type.Object({ id: Type.String(), principal: Type.String(), holder: Type.String(), endsAt: time }),
  ),
  deliveries: Type.Array(
    Type.Object({
      id: hubId,
      document: hubId,
      documentId: Type.String(),
      sender: Type.String(),
      receiver: Type.String(),
      becomes: Type.String({ description: '`moved`, `joined`, `returned`' }),
      to: nullableText,
      reason: nullableText,
    }),
  ),
  tasks: Type.Array(
    Type.Object({
      kind: Type.String({ description: '`request` or `unfinished`' }),
      id: Type.String(),
      agency: Type.String(),
      heir: nullableText,
    }),
  ),
})

export const reformAnswer = Type.Object({
  id: hubId,
  name: Type.String(),
  title: Type.String(),
  effectiveOn: Type.String(),
  state: Type.String({ description: '`scheduled`, `applied`, `cancelled`, or `blocked`: faults on its day' }),
  preview: figures,
  outcome: Type.Union([figures, Type.Null()]),
  faults: Type.Array(finding),
  askedBy: Type.String(),
  askedAt: time,
  settledAt: nullableTime,
})

import type { ConformanceRun, ConformanceStep } from '@docaxis/store'
import { type Static, Type } from 'typebox'
import { iso } from '../routes/document-answers.ts'
import { nullableTime, time } from '../routes/schemas.ts'
import { lockedCode } from './counterpart.ts'
import { reasonText } from './reasons.ts'
import { isStep, script } from './script.ts'

const bilingual = Type.Object({ vi: Type.String(), en: Type.String() })
const verdict = Type.Union([Type.Literal('waiting'), Type.Literal('passed'), Type.Literal('failed')])

const stepAnswer = Type.Object({
  step: Type.String(),
  title: bilingual,
  expected: bilingual,
  verdict,
  reason: Type.String({ description: 'What came, as a word for programs' }),
  came: bilingual,
  fix: Type.Union([bilingual, Type.Null()], { description: 'What to do next' }),
  details: Type.Record(Type.String(), Type.Unknown()),
  documents: Type.Record(Type.String(), Type.String(), {
    description: 'Hub ids of what the hub sent for the step, by its part',
  }),
  decidedAt: nullableTime,
})

export const scorecardAnswer = Type.Object({
  id: Type.String(),
  system: Type.String(),
  agency: Type.String({ description: 'The system’s agency that plays along' }),
  counterpart: Type.String({ description: 'The hub’s agency: send to it' }),
  locked: Type.String({ description: 'An agency that never receives: what is sent to it is refused' }),
  startedAt: time,
  endedAt: nullableTime,
  passed: Type.Integer(),
  failed: Type.Integer(),
  waiting: Type.Integer(),
  steps: Type.Array(stepAnswer),
})

export function scorecard(run: ConformanceRun): Static<typeof scorecardAnswer> {
  const count = (verdict: ConformanceStep['verdict']) => run.steps.filter(step => step.verdict === verdict).length
  return {
    id: run.id,
    system: run.systemId,
    agency: run.agency,
    counterpart: run.counterpart,
    locked: lockedCode,
    startedAt: run.startedAt.toISOString(),
    endedAt: iso(run.endedAt),
    passed: count('passed'),
    failed: count('failed'),
    waiting: count('waiting'),
    steps: run.steps.map(stepBody),
  }
}

function stepBody({ step, verdict, reason, details, documents, decidedAt }: ConformanceStep) {
  const { came, fix } = reasonText(reason)
  const { title, expected } = isStep(step) ? script[step] : unknownStep(step)
  return {
    step,
    title,
    expected,
    verdict,
    reason,
    came,
    fix: verdict === 'passed' ? null : (fix ?? null),
    details: { ...details },
    documents: { ...documents },
    decidedAt: iso(decidedAt),
  }
}

/** Of a script of another release. */
function unknownStep(step: string) {
  const name = { vi: step, en: step }
  return { title: name, expected: name }
}

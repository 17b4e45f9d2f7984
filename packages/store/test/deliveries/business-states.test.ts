import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  applyReport,
  applyWish,
  type BusinessMove,
  type BusinessState,
  type ChangeEvent,
  type ChangeState,
  changeMoves,
  noBusiness,
  shownBusiness,
} from '../../src/deliveries/business-states.ts'

/** A report by its code, or a packet that acts. */
type Step = string

const wishes = ['update', 'revoke', 'withdraw'] as const

function step(state: BusinessState, what: Step): BusinessMove {
  const wish = wishes.find(word => word === what)
  return wish ? applyWish(state, wish) : applyReport(state, what)
}

function walk(steps: readonly Step[], from: BusinessState = noBusiness): BusinessMove {
  return steps.reduce<BusinessMove>((move, what) => step(move.state, what), { state: from, flagged: false })
}

it.each([
  [['01'], '01'],
  [['02'], '02'],
  [['01', '02'], '02'],
  [['03'], '03'],
  [['01', '03', '04', '05', '06'], '06'],
  [['03', '05'], '05'],
  [['03', '06'], '06'],
  [['01', '13'], '13'],
  [['13', '15'], '15'],
  [['03', '13', '16'], '03'],
  [['13', '16', '13'], '13'],
  [['03', 'update'], '03'],
  [['03', 'update', '15'], '15'],
  [['03', 'update', '15', '05'], '05'],
  [['03', 'update', '16'], '03'],
  [['03', 'revoke', '15'], '15'],
  [['update', 'revoke', '15'], '15'],
  [['01', '13', '04'], '13'],
  [['withdraw'], null],
])('takes %j as expected and shows %s', (steps, shown) => {
  const { state, flagged } = walk(steps)

  expect(shownBusiness(state)).toBe(shown)
  expect(flagged).toBe(steps.at(-1) === '04')
})

it.each([
  { steps: ['05'], shown: '05', rule: '05 comes after 03' },
  { steps: ['05', '03'], shown: '05', rule: '03 comes before 05' },
  { steps: ['01', '01'], shown: '01', rule: '01 is the first report' },
  { steps: ['03', '02'], shown: '03', rule: 'a refusal comes before acceptance' },
  { steps: ['02', '03'], shown: '02', rule: 'a refusal is final' },
  { steps: ['02', '13'], shown: '02', rule: 'what was refused is not asked back' },
  { steps: ['13', '15', '13'], shown: '15', rule: 'what was taken back is not asked back' },
  { steps: ['13', '15', 'update'], shown: '15', rule: 'what was taken back is not updated' },
  { steps: ['revoke', '15', '05'], shown: '15', rule: 'what was revoked is not handled on' },
  { steps: ['withdraw', '03'], shown: null, rule: 'what was withdrawn is handled by nobody' },
  { steps: ['03', '15'], shown: '03', rule: '15 answers a wish' },
  { steps: ['03', '16'], shown: '03', rule: '16 answers a wish' },
  { steps: ['03', 'update', '15', '15'], shown: '15', rule: 'a wish is answered once' },
  { steps: ['03', '09'], shown: '03', rule: '09 is not defined' },
])('flags the last of $steps and shows $shown: $rule', ({ steps, shown }) => {
  const { flagged, state } = walk(steps)

  expect({ flagged, shown: shownBusiness(state) }).toEqual({ flagged: true, shown })
})

it.each([
  { wish: '13', code: '03', readAs: '15', change: 'taken back' },
  { wish: '13', code: '02', readAs: '16', change: 'change refused' },
  { wish: 'revoke', code: '03', readAs: '15', change: 'revoked' },
  { wish: 'update', code: '02', readAs: '16', change: 'change refused' },
])('reads $code as $readAs while $wish is open', ({ wish, code, readAs, change }) => {
  const move = walk(['03', wish, code])

  expect(move).toMatchObject({ flagged: false, readAs, state: { furthest: '03', change } })
})

const anyStep = fc.constantFrom('01', '02', '03', '04', '05', '06', '13', '15', '16', '09', ...wishes)
const anySteps = fc.array(anyStep, { maxLength: 30 })

it('never goes back from the furthest state of handling, whatever is reported in whatever order', () => {
  fc.assert(
    fc.property(anySteps, steps => {
      const furthest = steps.map((_, index) => walk(steps.slice(0, index + 1)).state.furthest ?? '')
      expect(furthest).toEqual([...furthest].sort())
    }),
  )
})

it('leaves no document that was taken back, revoked or withdrawn', () => {
  const over: readonly ChangeState[] = ['taken back', 'revoked', 'withdrawn']
  fc.assert(
    fc.property(anySteps, anyStep, (steps, last) => {
      const before = walk(steps).state
      fc.pre(over.includes(before.change))

      expect(step(before, last)).toMatchObject({ flagged: true, state: before })
    }),
  )
})

it('flags every wish and answer that moves nothing, and moves nothing that it flags', () => {
  fc.assert(
    fc.property(anySteps, fc.constantFrom('13', '15', '16', ...wishes), (steps, last) => {
      const before = walk(steps).state
      const { flagged, state } = step(before, last)

      if (flagged) expect(state).toEqual(before)
      else expect(state.furthest).toBe(before.furthest)
    }),
  )
})

it('answers a wish once: what is open is answered by 15 or 16, and nothing else closes it', () => {
  fc.assert(
    fc.property(anySteps, anyStep, (steps, last) => {
      const before = walk(steps).state
      const after = step(before, last)
      const closes = before.change.endsWith('asked') && !after.state.change.endsWith('asked')

      expect(closes && !['15', '16', 'withdraw'].includes(after.readAs ?? last)).toBe(false)
    }),
  )
})

it.each(Object.keys(changeMoves) as ChangeEvent[])('knows one move by %s from each state', event => {
  const from = changeMoves[event].flatMap(move => move.from)

  expect(new Set(from).size).toBe(from.length)
})

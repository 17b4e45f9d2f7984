import fc from 'fast-check'
import { expect, it } from 'vitest'
import { applyReport, type BusinessMove, noBusiness, shownBusiness } from '../../src/deliveries/business-states.ts'

function report(codes: readonly string[], changePacket = false): BusinessMove {
  return codes.reduce<BusinessMove>((move, code) => applyReport(move.state, code, changePacket), {
    state: noBusiness,
    flagged: false,
  })
}

it.each([
  [['01']],
  [['02']],
  [['01', '02']],
  [['03']],
  [['01', '03', '04', '05', '06']],
  [['03', '05']],
  [['03', '06']],
  [['01', '13']],
  [['13', '15']],
  [['03', '13', '16']],
  [['13', '16', '13']],
])('takes %j as expected', codes => {
  const { flagged, state } = report(codes)

  expect({ flagged, shown: shownBusiness(state) }).toEqual({
    flagged: false,
    shown: codes.at(-1) === '16' ? (codes.includes('03') ? '03' : null) : codes.at(-1),
  })
})

it.each([
  { codes: ['05'], shown: '05', rule: '05 comes after 03' },
  { codes: ['05', '03'], shown: '05', rule: '03 comes before 05' },
  { codes: ['01', '01'], shown: '01', rule: '01 is the first report' },
  { codes: ['03', '02'], shown: '03', rule: 'a refusal comes before acceptance' },
  { codes: ['02', '03'], shown: '02', rule: 'a refusal is final' },
  { codes: ['02', '13'], shown: '02', rule: 'what was refused is not asked back' },
  { codes: ['13', '15', '13'], shown: '15', rule: 'what was taken back is not asked back' },
  { codes: ['03', '15'], shown: '03', rule: '15 answers a wish' },
  { codes: ['03', '16'], shown: '03', rule: '16 answers a wish' },
  { codes: ['03', '09'], shown: '03', rule: '09 is not defined' },
])('flags the last of $codes and shows $shown: $rule', ({ codes, shown }) => {
  const { flagged, state } = report(codes)

  expect({ flagged, shown: shownBusiness(state) }).toEqual({ flagged: true, shown })
})

it.each([
  { code: '03', readAs: '15', change: 'agreed' },
  { code: '02', readAs: '16', change: 'refused' },
])('reads $code as $readAs while a change is open', ({ code, readAs, change }) => {
  const move = report(['03', '13', code])

  expect(move).toMatchObject({ flagged: false, readAs, state: { furthest: '03', change } })
})

it.each(['15', '16'])('takes %s without 13 when the sender sent an update or a revocation', code => {
  expect(report(['03', code], true).flagged).toBe(false)
})

it('never goes back from the furthest state of handling', () => {
  const codes = fc.array(fc.constantFrom('01', '02', '03', '04', '05', '06'), { maxLength: 20 })
  fc.assert(
    fc.property(codes, reported => {
      const shown = reported.map((_, index) => shownBusiness(report(reported.slice(0, index + 1)).state) ?? '')
      expect(shown).toEqual([...shown].sort())
    }),
  )
})

import type { AlertCondition, Finding } from '@docaxis/store/console'
import { expect, it } from 'vitest'
import { judgeConditions, sameEpisodeMs } from '../../src/alerts/judge-conditions.ts'

const noon = new Date('2026-03-06T05:00:00Z')
const after = (ms: number) => new Date(noon.getTime() + ms)
const minuteMs = 60_000

function finding(changes: Partial<Finding> = {}): Finding {
  return { key: 'H99', name: null, count: 1, since: noon, level: 0, urgent: false, documents: [], ...changes }
}

/** Judges one finding a minute, as a rule does that tells at once. @returns how many were told each time */
function turns(...found: readonly (readonly Finding[])[]): number[] {
  let known: readonly AlertCondition[] = []
  return found.map((now, minute) => {
    const at = after(minute * minuteMs)
    const { conditions, due } = judgeConditions(known, { found: now, partial: false }, at, () => at)
    known = merged(known, conditions)
    return due.length
  })
}

function merged(known: readonly AlertCondition[], changed: readonly AlertCondition[]): AlertCondition[] {
  return [...new Map([...known, ...changed].map(one => [one.key, one])).values()]
}

it('tells a condition once, however long it lasts', () => {
  expect(turns([finding()], [finding()], [finding({ count: 2 })])).toEqual([1, 0, 0])
})

it('tells it again when it grows by a level, and once per level', () => {
  expect(turns([finding()], [finding({ level: 2 })], [finding({ level: 1 })], [finding({ level: 2 })])).toEqual([
    1, 1, 0, 0,
  ])
})

it('tells it again when a hỏa tốc document joins it', () => {
  expect(turns([finding()], [finding({ urgent: true })], [finding({ urgent: true })])).toEqual([1, 1, 0])
})

it('tells it again when it ended and came back', () => {
  const gone = Array.from({ length: sameEpisodeMs / minuteMs + 1 }, () => [])

  expect(turns([finding()], ...gone, [finding()]).at(-1)).toBe(1)
})

it('tells what wavers around its threshold once', () => {
  expect(turns([finding()], [], [finding()], [], [finding()])).toEqual([1, 0, 0, 0, 0])
})

it('tells each agency for itself', () => {
  expect(turns([finding()], [finding(), finding({ key: 'H98' })])).toEqual([1, 1])
})

it('does not tell what ended while it was to be collected', () => {
  const later = after(30 * minuteMs)
  const first = judgeConditions([], { found: [finding()], partial: false }, noon, () => later)
  const gone = judgeConditions(first.conditions, { found: [], partial: false }, after(minuteMs), () => later)

  const told = judgeConditions(gone.conditions, { found: [], partial: false }, later, () => later)

  expect([first.due, gone.due, told.due]).toEqual([[], [], []])
})

it('still tells what was away for a moment while it was to be collected', () => {
  const later = after(10 * minuteMs)
  const first = judgeConditions([], { found: [finding()], partial: false }, noon, () => later)
  const gone = judgeConditions(first.conditions, { found: [], partial: false }, after(minuteMs), () => later)
  const back = judgeConditions(
    gone.conditions,
    { found: [finding()], partial: false },
    after(2 * minuteMs),
    () => later,
  )

  const told = judgeConditions(back.conditions, { found: [finding()], partial: false }, later, () => later)

  expect(told.due).toHaveLength(1)
})

it('ends nothing that it did not look at', () => {
  const first = judgeConditions([], { found: [finding()], partial: false }, noon, () => noon)

  const { conditions } = judgeConditions(first.conditions, { found: [], partial: true }, after(minuteMs), () => noon)

  expect(conditions).toEqual([])
})

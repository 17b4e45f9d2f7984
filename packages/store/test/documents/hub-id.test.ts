import { expect, it, vi } from 'vitest'
import { newHubId, receiptId } from '../../src/index.ts'

it('gives ids that sort by the millisecond they were given in, and differ within it', () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    vi.setSystemTime('2026-11-28T02:00:00.000Z')
    const first = Array.from({ length: 1_000 }, newHubId)
    vi.setSystemTime('2026-11-28T02:00:00.001Z')
    const later = Array.from({ length: 1_000 }, newHubId)

    expect([...first, ...later].every(id => /^[0-9a-f]{24}$/.test(id))).toBe(true)
    expect(new Set([...first, ...later]).size).toBe(2_000)
    expect([...later, ...first].toSorted().slice(0, 1_000)).toEqual(first.toSorted())
  } finally {
    vi.useRealTimers()
  }
})

it('puts a receipt where its subject is', () => {
  const subject = newHubId()
  expect(receiptId('acceptance', subject)).toMatch(/^[0-9a-f]{24}$/)
  expect(receiptId('acceptance', subject).slice(0, 12)).toBe(subject.slice(0, 12))
  expect(receiptId('acceptance', subject)).not.toBe(receiptId('delivery', subject))
  expect(receiptId('missed-deadline', `${subject}:fetch`)).not.toBe(receiptId('missed-deadline', `${subject}:finish`))
})

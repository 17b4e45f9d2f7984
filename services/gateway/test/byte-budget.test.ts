import { expect, it } from 'vitest'
import { createByteBudget } from '../src/intake/byte-budget.ts'

it('lets in what fits and keeps the others waiting in their order', async () => {
  const budget = createByteBudget(100)
  const started: string[] = []
  const first = Promise.withResolvers<void>()
  const run = (name: string, bytes: number, until: Promise<void> = Promise.resolve()) =>
    budget.spend(bytes, () => {
      started.push(name)
      return until
    })

  const all = [run('a', 60, first.promise), run('b', 60), run('c', 10)]
  await Promise.resolve()
  const beforeEnd = [...started]
  first.resolve()
  await Promise.all(all)

  expect(beforeEnd).toEqual(['a'])
  expect(started).toEqual(['a', 'b', 'c'])
})

it('lets a packet larger than the whole run alone', async () => {
  const budget = createByteBudget(100)

  await expect(budget.spend(1_000, async () => 'done')).resolves.toBe('done')
})

it('gives back what a failure had taken', async () => {
  const budget = createByteBudget(100)
  const failing = budget.spend(100, () => Promise.reject(new Error('no')))

  await expect(failing).rejects.toThrow('no')
  await expect(budget.spend(100, async () => 'next')).resolves.toBe('next')
})

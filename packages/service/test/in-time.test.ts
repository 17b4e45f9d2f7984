import { expect, it } from 'vitest'
import { inTime } from '../src/index.ts'

const late = () => new Error('late')
const never = new Promise<never>(() => undefined)

it('gives what arrives in time', async () => {
  await expect(inTime(Promise.resolve('answer'), 60_000, late)).resolves.toBe('answer')
})

it('gives up what does not arrive', async () => {
  await expect(inTime(never, 5, late)).rejects.toThrow('late')
})

it('lets a failure through as it is', async () => {
  await expect(inTime(Promise.reject(new Error('broken')), 60_000, late)).rejects.toThrow('broken')
})

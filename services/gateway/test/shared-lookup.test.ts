import { expect, it } from 'vitest'
import { sharedLookup } from '../src/shared-lookup.ts'

it('asks once for what is looked for at the same moment, and again afterwards', async () => {
  const asked: string[] = []
  const look = sharedLookup(async key => {
    asked.push(key)
    return key.toUpperCase()
  })

  const together = await Promise.all([look('a'), look('a'), look('b')])
  const later = await look('a')

  expect([...together, later]).toEqual(['A', 'A', 'B', 'A'])
  expect(asked).toEqual(['a', 'b', 'a'])
})

it('keeps no failure', async () => {
  let fails = true
  const look = sharedLookup(async () => {
    if (fails) throw new Error('away')
    return 'back'
  })

  await expect(look('a')).rejects.toThrow('away')
  fails = false

  await expect(look('a')).resolves.toBe('back')
})

import { expect, it } from 'vitest'
import { cheapCost, hashPassword, isPassword } from '../../src/console/index.ts'

it('knows a password in every spelling that Unicode has for it, and no other', async () => {
  const stored = await hashPassword('Mật khẩu'.normalize('NFD'), cheapCost)

  expect(await isPassword('Mật khẩu'.normalize('NFC'), stored)).toBe(true)
  expect(await isPassword('Mat khau', stored)).toBe(false)
  expect(await isPassword('Mật khẩu', undefined)).toBe(false)
})

it('lets no more guesses wait than it can answer soon, and goes on afterwards', async () => {
  const stored = await hashPassword('right', cheapCost)

  const answers = await Promise.allSettled(Array.from({ length: 60 }, () => isPassword('wrong', stored)))

  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
  const refused = answers.flatMap(answer => (answer.status === 'rejected' ? answer.reason.code : []))
  expect(refused).toEqual(Array(10).fill('RATE_LIMITED'))
  expect(await isPassword('right', stored)).toBe(true)
})

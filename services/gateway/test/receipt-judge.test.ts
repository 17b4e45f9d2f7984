import { afterAll, expect, it } from 'vitest'
import { createReceiptJudge } from '../src/verify/receipt-judge.ts'

const judge = createReceiptJudge()
afterAll(() => judge.close())

/** Each element declares a name space of its own: the slowest that a reader of a receipt meets. */
const slow = Buffer.from(
  `<Receipt xmlns="urn:docaxis:receipt:1">${Array.from({ length: 60_000 }, (_, n) => `<a xmlns:n${n}="urn:n${n}"/>`).join('')}</Receipt>`,
)

it('leaves the loop to other callers while a receipt built to take long is judged', async () => {
  let turns = 0
  let over = false
  const turning = (async () => {
    for (; !over; turns += 1) await new Promise(resolve => setImmediate(resolve))
  })()

  const verdict = await judge.judge({ xml: slow, hubCertificates: [] })
  over = true
  await turning

  expect(verdict).toMatchObject({ verdict: 'INVALID', code: 'NOT_SIGNED' })
  expect(turns).toBeGreaterThan(100)
})

it('refuses more than can wait, and says when to try again', async () => {
  const asked = Array.from({ length: 150 }, () =>
    judge.judge({ xml: slow.subarray(0, 100), hubCertificates: [] }).then(
      ({ verdict }) => verdict,
      ({ code, retryAfterSeconds }) => ({ code, retryAfterSeconds }),
    ),
  )

  const answers = await Promise.all(asked)

  expect(answers[0]).toBe('INVALID')
  expect(answers.at(-1)).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 10 })
})

import { answerTo, hostileQuestions } from '@docaxis/testkit'
import { expect, it } from 'vitest'

it('ends with an answer to whatever is built to stop or mislead it, and calls only what is right valid', async () => {
  const wrong: string[] = []
  let asked = 0

  for await (const question of hostileQuestions()) {
    const isValid = answerTo(question) === 'VALID'
    if (isValid !== (question.isRight === true)) wrong.push(question.what)
    asked += 1
  }

  expect(wrong).toEqual([])
  expect(asked).toBeGreaterThan(70)
}, 120_000)

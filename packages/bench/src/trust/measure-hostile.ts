import { answerTo, hostileQuestions } from '@docaxis/testkit'

export interface HostileTime {
  readonly what: string
  readonly ms: number
}

/** Time to read and judge each hostile build of the testkit, longest first; the building is not counted. */
export async function measureHostile(): Promise<HostileTime[]> {
  const times: HostileTime[] = []
  for await (const question of hostileQuestions()) {
    const startedAt = performance.now()
    answerTo(question)
    times.push({ what: question.what, ms: performance.now() - startedAt })
  }
  return times.sort((one, other) => other.ms - one.ms)
}

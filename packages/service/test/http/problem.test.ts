import { HubError, helpTopic, type ProblemCode, problemCodes } from '@docaxis/errors'
import { expect, it } from 'vitest'
import { problemOf } from '../../src/index.ts'

it.each(Object.keys(problemCodes) as ProblemCode[])('leads to a page that explains %s, wherever the hub is', code => {
  const { help } = problemOf(new HubError(code, 'it is so'), problemCodes[code].status, 'a'.repeat(32))

  const { origin, pathname } = new URL(help, 'https://truc.example/api/v1/documents')
  expect(origin).toBe('https://truc.example')
  expect(helpTopic(pathname.replace('/help/', ''))?.code).toBe(code)
})

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { faultTexts } from '../src/import/fault-texts.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

it.each(Object.keys(faultTexts))('explains %s in the README', reason => {
  const kind = reason.split('.').at(-1) ?? ''

  expect(readme).toContain(reason.startsWith('M.File') || reason.startsWith('T.File') ? reason : kind)
})

it.each(Object.entries(faultTexts))('says %s in both languages, with what to do', (_reason, text) => {
  const { vi, en, hint } = text({ value: 'V', other: 'O', otherLine: 7, limit: 35, field: 'code' })

  for (const sentence of [vi, en, hint.vi, hint.en]) {
    expect(sentence).toMatch(/\.$/)
    expect(sentence).not.toContain('undefined')
  }
})

import { describe, expect, it } from 'vitest'
import { helpTopic, helpTopics, problemCodes, verificationCodes } from '../src/index.ts'

describe.each(helpTopics)('$code', ({ code, title, why, clerk, vendor }) => {
  it('says what happened, why, and what to do, in both languages', () => {
    for (const language of ['vi', 'en'] as const) {
      const texts = [title, why, clerk, vendor].map(text => text[language])

      expect(new Set(texts.map(text => text.replace(/\.$/, ''))).size, texts.join('\n')).toBe(texts.length)
      for (const text of texts.slice(1)) expect(text).toMatch(/^.{13,}\.$/u)
      expect(title[language].length).toBeGreaterThan(5)
      for (const text of texts) expect(text).not.toMatch(/undefined|NaN/)
    }
    for (const text of [title, why, clerk, vendor]) expect(text.vi).not.toBe(text.en)
  })

  it('is found by its code', () => {
    expect(helpTopic(code)?.title).toEqual(title)
  })
})

it('no code of an answer is missing', () => {
  const explained = new Set(helpTopics.map(({ code }) => code))
  const known = [...Object.keys(problemCodes), ...Object.keys(verificationCodes)]

  expect(known.filter(code => !explained.has(code))).toEqual([])
})

it('every ErrorCode of the VXP protocol is there', () => {
  const vxp = helpTopics.filter(({ kind }) => kind === 'vxp').map(({ code }) => code)

  expect(vxp).toEqual(['10', '15', '18', '19', '20', '21', '22', '23'].map(code => `VXP-${code}`))
})

it('no code is explained twice', () => {
  const codes = helpTopics.map(({ code }) => code)

  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
})

it('a fault of any element is explained by the element', () => {
  expect(helpTopic('N.MessageHeader.Code.CodeNumber')).toMatchObject({
    title: { vi: 'Thiếu số của văn bản' },
    vendor: { en: expect.stringContaining('MessageHeader/Code/CodeNumber') },
  })
})

it.each(['', 'NO_SUCH_CODE', 'N.', 'N.<script>', '__proto__', 'constructor'])('%j is no code', code => {
  expect(helpTopic(code)).toBeUndefined()
})

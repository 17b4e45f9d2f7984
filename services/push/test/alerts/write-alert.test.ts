import type { Finding } from '@docaxis/store/console'
import { describe, expect, it } from 'vitest'
import { writeAlert } from '../../src/alerts/write-alert.ts'

const since = new Date('2026-03-06T02:14:00Z')
const rule = { name: 'Chưa tải', kind: 'not-fetched', language: 'vi', withSubject: false } as const
const options = { publicUrl: 'https://truc.example', environment: 'production' } as const
const subject = 'V/v điều động cán bộ'

function finding(changes: Partial<Finding> = {}): Finding {
  const documents = [{ id: '0'.repeat(24), number: '12/UBND-VP', subject }]
  return { key: 'H99.05', name: 'UBND xã Mây', count: 3, since, level: 0, urgent: false, documents, ...changes }
}

it('says who, how many, since when, which numbers, and where to see it', () => {
  const { title, text, link } = writeAlert(rule, [finding()], options)

  expect(title).toBe('Chưa tải')
  expect(text).toContain('- UBND xã Mây (H99.05): 3 văn bản; quá hạn từ 06/03/2026 09:14; số, ký hiệu 12/UBND-VP, …')
  expect(link).toBe('https://truc.example/documents?needs=not-fetched&receiver=H99.05')
  expect(text).toContain(link)
})

it('says the same in English to who reads that', () => {
  const { text } = writeAlert({ ...rule, language: 'en' }, [finding()], options)

  expect(text).toContain('- UBND xã Mây (H99.05): 3 documents; late since 06/03/2026 09:14')
})

it('says a subject only where the rule says so', () => {
  expect(writeAlert(rule, [finding()], options).text).not.toContain(subject)
  expect(writeAlert({ ...rule, withSubject: true }, [finding()], options).text).toContain(`12/UBND-VP “${subject}”`)
})

it('never says a subject that is for the agencies concerned alone', () => {
  const documents = [{ id: '0'.repeat(24), number: '12/UBND-VP', subject: null }]

  const { text } = writeAlert({ ...rule, withSubject: true }, [finding({ documents })], options)

  expect(text).toContain('số, ký hiệu 12/UBND-VP, …')
})

describe('a name or a subject that', () => {
  const hostile = 'x\r\nBcc: thief@evil.example\n\n\u202egnp.exe\u200b\u0000'

  it('ends lines, turns directions or hides stands on one line as it reads', () => {
    const documents = [{ id: '0'.repeat(24), number: hostile, subject: hostile }]
    const all = { ...rule, name: hostile, withSubject: true }

    const { title, text } = writeAlert(all, [finding({ name: hostile, key: hostile, documents })], options)

    expect(title).toBe('x Bcc: thief@evil.example gnp.exe')
    expect(text.split('\n').filter(line => line.startsWith('Bcc'))).toEqual([])
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  it('is very long is cut', () => {
    const long = 'dài '.repeat(2_000)
    const documents = [{ id: '0'.repeat(24), number: long, subject: long }]

    const { title, text } = writeAlert(
      { ...rule, name: long, withSubject: true },
      [finding({ name: long, documents })],
      options,
    )

    expect(title.length).toBeLessThanOrEqual(200)
    expect(text.length).toBeLessThan(1_000)
  })
})

it('names forty and counts the rest', () => {
  const many = Array.from({ length: 5_000 }, (_, index) => finding({ key: `H${index}`, name: 'Đơn vị '.repeat(40) }))

  const { text, count } = writeAlert(rule, many, options)

  expect(text).toContain('và 4960 mục khác')
  expect(count).toBe(5_000)
  expect(text.length).toBeLessThan(20_000)
})

it('stays within the size of a message, however long the subjects are', () => {
  const documents = Array.from({ length: 3 }, () => ({
    id: '0'.repeat(24),
    number: 'n'.repeat(300),
    subject: 's'.repeat(9_000),
  }))
  const many = Array.from({ length: 40 }, (_, index) => finding({ key: `H${index}`, documents }))

  const { text } = writeAlert({ ...rule, withSubject: true }, many, options)

  expect(text.length).toBeLessThan(20_000)
  expect(text).toMatch(/và \d+ mục khác/)
})

it('marks hỏa tốc and a test environment', () => {
  const { title, urgent } = writeAlert(rule, [finding({ urgent: true })], { ...options, environment: 'test' })

  expect(title).toBe('MÔI TRƯỜNG THỬ NGHIỆM · HỎA TỐC · Chưa tải')
  expect(urgent).toBe(true)
})

it('has no link where nobody knows how the console is reached', () => {
  const { link, text } = writeAlert(rule, [finding()], { ...options, publicUrl: undefined })

  expect(link).toBeNull()
  expect(text).not.toContain('Xem:')
})

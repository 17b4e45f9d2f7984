import { expect, it } from 'vitest'
import { formatJson, levelOneAgencies, readDirectory, resolveReceiver } from '../src/index.ts'
import { directoryOf, noon } from './sample-directory.ts'

const agencies = levelOneAgencies()
const codes = (pattern: RegExp) => agencies.filter(each => pattern.test(each.code))

it('is a directory without a fault', () => {
  expect(readDirectory(Buffer.from(formatJson(agencies)), 'json')).toMatchObject({ agencies, faultCount: 0 })
})

it.each(['H', 'K'])('holds 63 provinces under %s, 34 of them open since the reform of 2025', letter => {
  const provinces = codes(new RegExp(`^${letter}\\d\\d$`))

  expect(provinces).toHaveLength(63)
  expect(provinces.filter(each => each.validTo === undefined)).toHaveLength(34)
  expect(provinces.filter(each => each.validTo === '2025-07-01' && each.successor !== undefined)).toHaveLength(29)
})

it('leads each closed province to an open one of the same letter', () => {
  const lookup = directoryOf(...agencies.map(agency => ({ agency, connection: { connected: true } })))

  for (const { code, successor } of codes(/^[HK]/).filter(each => each.successor !== undefined)) {
    expect(resolveReceiver(code, noon, lookup)).toMatchObject({ resolved: successor, forwarded: 'successor' })
    expect(successor?.charAt(0)).toBe(code.charAt(0))
  }
})

it('closes what QĐ 09/2025 closed, on that day and without a successor', () => {
  const closed = codes(/^G/).filter(each => each.validTo !== undefined)

  expect(closed.map(each => each.code)).toEqual('G04 G05 G07 G13 G23 G24 G25 G26 G34 G37'.split(' '))
  expect(closed.every(each => each.validTo === '2025-04-14' && each.successor === undefined)).toBe(true)
})

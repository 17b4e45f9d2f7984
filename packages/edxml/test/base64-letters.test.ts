import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import loadWabt from 'wabt'
import { chunkBuffer, passLetters } from '../src/attachment/base64-letters.ts'

const folder = join(import.meta.dirname, '../src/attachment')

it('runs what its source says', async () => {
  const wabt = await loadWabt()
  const source = wabt.parseWat('base64-letters.wat', readFileSync(join(folder, 'base64-letters.wat'), 'utf8'), {
    simd: true,
  })
  const assembled = Buffer.from(source.toBinary({}).buffer).toString('base64')

  const embedded = readFileSync(join(folder, 'base64-letters.ts'), 'utf8').replaceAll(/'\s*\+\s*'/g, '')

  expect(embedded).toContain(`'${assembled}'`)
})

it.each([0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 100])(
  'stops at every byte that is neither letter nor line feed, %i letters on',
  at => {
    const stops = Array.from({ length: 256 }, (_, code) => {
      const bytes = Buffer.alloc(120, 'A')
      bytes[at] = code
      return passLetters(bytes, 0, bytes.length).end === at
    })

    const letters = stops.flatMap((stopped, code) => (stopped ? [] : [String.fromCharCode(code)])).join('')
    expect(letters).toBe('\n+/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
  },
)

it.each([
  ['copied', (bytes: Buffer) => bytes],
  ['in place', (bytes: Buffer) => chunkBuffer.subarray(0, bytes.copy(chunkBuffer, 3) + 3).subarray(3)],
])('counts the line feeds of long texts, %s', (_, placed) => {
  const text = randomBytes(150_000)
    .toString('base64')
    .replaceAll(/(.{64})/g, '$1\n')
  const bytes = placed(Buffer.from(`${text}=`))

  const passed = passLetters(bytes, 5, bytes.length)

  expect(passed).toEqual({ end: text.replace(/=*$/, '').length, lineFeeds: text.split('\n').length - 1 })
})

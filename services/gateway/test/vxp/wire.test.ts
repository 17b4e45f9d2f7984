import { describe, expect, it } from 'vitest'
import { hashFileForm } from '../../src/vxp/hash-file.ts'
import { createPace } from '../../src/vxp/pace.ts'
import { parseSignHeader } from '../../src/vxp/sign-header.ts'
import { readSignedCall } from '../../src/vxp/signed-call.ts'
import { isNetwork, mayCallFrom } from '../../src/vxp/source-network.ts'
import { formatVietnamTime, nextDay, parseKitTimestamp, parseVietnamDay } from '../../src/vxp/vietnam-time.ts'

describe('the signed text', () => {
  it('keeps both members of one name, which JSON.parse would not', () => {
    expect(parseSignHeader('{"a":"1","b":"\\u003d","a":"2"}')).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: '=' },
      { name: 'a', value: '2' },
    ])
  })

  it.each(['', '[]', '{}', '{"a":1}', '{"a":"b"', '{"a":"b"}x', '{"a":{"b":"c"}}', '{"a":"\\x"}', '{"a":"b",}'])(
    'takes %s for none',
    text => {
      expect(parseSignHeader(text)).toBeUndefined()
    },
  )

  it('reads long texts in no time that grows with their square', () => {
    expect(parseSignHeader(`{"a":"${'\\"'.repeat(30_000)}`)).toBeUndefined()
  })

  it('tells docId from docid, and takes either where one alone is there', () => {
    const both = call({ docId: 'a', docid: 'b' })
    const one = call({ docid: 'b' })

    expect([both.parameter('docId', 'docid'), both.parameter('docid', 'docId')]).toEqual(['a', 'b'])
    expect(one.parameter('docId')).toBe('b')
    expect(() => both.requireSigned(['docId', 'docid'])).not.toThrow()
  })
})

describe('hash-file', () => {
  const digest = `6a7742a1bc31b6c9580c2b04${'0f'.repeat(20)}`

  it('is the digest, or the digest as Integer.toHexString prints it', () => {
    expect(hashFileForm(digest, digest)).toBe('full')
    expect(hashFileForm(`6a7742a1bc31b6c958c2b4${'f'.repeat(20)}`, digest)).toBe('shortened')
    expect(hashFileForm(`6a7742a1bc31b6c958c2b04${'f'.repeat(20)}`, digest)).toBe('neither')
  })

  it('prints a byte of zero as one digit', () => {
    expect(hashFileForm('0'.repeat(32), '00'.repeat(32))).toBe('shortened')
  })
})

describe('times of Vietnam', () => {
  it('reads milliseconds, not a zone, behind the plus', () => {
    expect(parseKitTimestamp('21112026T232005+0891')).toEqual(new Date('2026-11-21T16:20:05.891Z'))
  })

  it.each(['31022026T000000+0000', '21112026T250000+0000', '2026-11-21T23:20:05', '21112026T232005', ''])(
    'reads no instant in "%s"',
    text => {
      expect(parseKitTimestamp(text)).toBeUndefined()
    },
  )

  it('has days from midnight to midnight', () => {
    const day = parseVietnamDay('2026/02/28') ?? new Date(0)

    expect([day, nextDay(day)]).toEqual([new Date('2026-02-27T17:00:00Z'), new Date('2026-02-28T17:00:00Z')])
    expect(formatVietnamTime(new Date('2026-12-31T17:00:00Z'))).toBe('2027-01-01 00:00:00')
    expect(['2026/02/30', '28/02/2026', '2026/2/8', '2026/02-28'].map(parseVietnamDay)).toEqual(
      Array(4).fill(undefined),
    )
  })
})

describe('where calls come from', () => {
  it.each([
    { address: '127.0.0.1', secure: false, may: true },
    { address: '::ffff:127.0.0.1', secure: false, may: true },
    { address: '::1', secure: false, may: true },
    { address: '10.1.2.3', secure: false, may: true },
    { address: '10.2.0.1', secure: false, may: false },
    { address: '203.0.113.9', secure: true, may: true },
  ])('$address over TLS=$secure: $may', ({ address, secure, may }) => {
    expect(mayCallFrom({ address, secure }, ['10.1.0.0/16'])).toBe(may)
  })

  it.each(['10.0.0.0/33', '10.0.0.0/8/8', 'example.org', '10.0.0/8', '::/129', ''])('%s is no network', text => {
    expect(isNetwork(text)).toBe(false)
  })
})

describe('pace', () => {
  const pace = { longestHoldMs: 0, freeRefusals: 1, firstHoldMs: 0 }

  it('answers a system that calls too often with what kits repeat, and no other system', async () => {
    const { admit } = createPace({ ...pace, callsPerMinute: 2 })
    await admit('busy')
    await admit('busy')

    await expect(admit('busy')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryable: true })
    await expect(admit('other')).resolves.toBeUndefined()
  })
})

function call(parameters: Record<string, string>) {
  const headers = Object.entries({ systemid: 's', ...parameters }).map(([name, value]) => [`XroadVnpt-${name}`, value])
  const signHeader = JSON.stringify(Object.fromEntries(headers))
  const signing = ['XroadVnpt-sign-header', signHeader, 'XroadVnpt-hash-header', '0'.repeat(64)]
  return readSignedCall([...headers.flat(), ...signing])
}

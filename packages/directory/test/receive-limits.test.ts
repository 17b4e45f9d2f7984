import { describe, expect, it } from 'vitest'
import { limitFaults, receiveLimits } from '../src/index.ts'
import { agency } from './sample-directory.ts'

const pdf = ['pdf']
const word = ['docx']

describe('what a receiver takes', () => {
  it('is whatever the hub takes where nobody sets a limit', () => {
    expect(receiveLimits({ agency: agency('A'), connection: { connected: true } })).toBeUndefined()
  })

  it('is the stricter of its own limits and of those of the systems that fetch for it', () => {
    const limits = receiveLimits({
      agency: agency('A', { maxEnvelopeBytes: 300, fileTypes: ['pdf', 'docx'] }),
      connection: { connected: true, limits: { maxEnvelopeBytes: 200, fileTypes: ['docx', 'xlsx'] } },
    })

    expect(limits).toEqual({ maxEnvelopeBytes: 200, fileTypes: ['docx'] })
  })

  it.each([
    { whose: 'the agency', own: { maxEnvelopeBytes: 300 }, system: {} },
    { whose: 'its systems', own: {}, system: { limits: { maxEnvelopeBytes: 300 } } },
  ])('is the limit of $whose where the other has none', ({ own, system }) => {
    const limits = receiveLimits({ agency: agency('A', own), connection: { connected: true, ...system } })

    expect(limits).toEqual({ maxEnvelopeBytes: 300 })
  })
})

describe('a packet over a limit', () => {
  it('is one byte over the size', () => {
    expect(limitFaults({ sizeBytes: 300, files: [] }, { maxEnvelopeBytes: 300 })).toEqual([])
    expect(limitFaults({ sizeBytes: 301, files: [] }, { maxEnvelopeBytes: 300 })).toEqual([
      { code: 'R.MessageHeader.To.Size', sizeBytes: 301, maxBytes: 300 },
    ])
  })

  it('is told once for each file that is not taken, by its place', () => {
    const faults = limitFaults({ sizeBytes: 9, files: [pdf, word, word] }, { fileTypes: ['pdf'] })

    expect(faults).toEqual([
      { code: 'M.MessageHeader.To.FileType', attachment: 2, found: 'docx', fileTypes: ['pdf'] },
      { code: 'M.MessageHeader.To.FileType', attachment: 3, found: 'docx', fileTypes: ['pdf'] },
    ])
  })

  it('passes by any type that a file may be', () => {
    expect(limitFaults({ files: [['csv', 'txt']] }, { fileTypes: ['txt'] })).toEqual([])
  })

  it('is any file where no type is taken at all', () => {
    expect(limitFaults({ files: [pdf] }, { fileTypes: [] })).toMatchObject([{ found: 'pdf' }])
  })
})

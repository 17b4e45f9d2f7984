import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Agency, agencyKinds, formatCsv, formatJson, levels, readDirectory } from '../src/index.ts'

const code = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 8 })
  .map(text => text.normalize('NFC').replace(/[\s,\p{Cc}\p{Cs}]/gu, ''))
  .filter(text => text !== '')
const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map(text => text.normalize('NFC').replace(/\s+/g, ' ').trim())
  .filter(text => text !== '')
const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2089-12-31'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10))

/** Agencies without links and with codes of their own: what the checks between agencies have nothing to say about. */
const directory = fc
  .array(
    fc.record(
      {
        code,
        name: words,
        shortName: words,
        kind: fc.constantFrom(...agencyKinds),
        level: fc.constantFrom(...levels),
        locality: words,
        groups: fc.uniqueArray(code, { maxLength: 3 }),
        mail: fc.constant('van-thu@co-quan.gov.vn'),
        validFrom: day,
        canReceive: fc.boolean(),
        receivesForUnits: fc.boolean(),
        maxEnvelopeBytes: fc.integer({ min: 1, max: 2 ** 40 }),
        fileTypes: fc.uniqueArray(fc.constantFrom('pdf', 'docx', '7z'), { minLength: 1 }),
      },
      { requiredKeys: ['code', 'name', 'kind', 'level', 'groups', 'canReceive', 'receivesForUnits'] },
    ),
    { minLength: 1, maxLength: 20 },
  )
  .map(agencies =>
    agencies.map(
      (agency, index): Agency => ({ ...agency, code: `${index}.${agency.code}`, oldCodes: [`old.${index}`] }),
    ),
  )

it.each([
  { format: 'csv', write: formatCsv },
  { format: 'json', write: formatJson },
] as const)('reads back from $format whatever it wrote', ({ format, write }) => {
  fc.assert(
    fc.property(directory, agencies => {
      const reading = readDirectory(Buffer.from(write(agencies)), format)

      expect(reading.faults).toEqual([])
      expect(reading.agencies).toEqual(agencies)
    }),
    { numRuns: 200 },
  )
})

it.each(['csv', 'json'] as const)('names a line for every fault of any text read as %s, and never throws', format => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      const { agencies, faults, faultCount } = readDirectory(bytes, format)

      expect(faultCount > 0 || agencies.length > 0).toBe(true)
      expect(faults.every(each => each.line >= 1)).toBe(true)
    }),
  )
})

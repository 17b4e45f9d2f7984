import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { itWithPrograms } from '@docaxis/testkit'
import { expect, it } from 'vitest'
import { goodXml, read, verdicts } from './packets.ts'

const folder = join(import.meta.dirname, '../../../schemas/edxml')
const examples = (name: 'valid' | 'invalid') =>
  readdirSync(join(folder, name)).map(file => ({ file: `${name}/${file}` }))

/** `document.N.MessageHeader.To.xml` is an example for the schema of documents, and fails with `N.MessageHeader.To`. */
const nameOf = (file: string) => /(document|status)\.(.+)\.xml$/.exec(file)
const schemaOf = (file: string) => join(folder, nameOf(file)?.[1] === 'status' ? 'status.xsd' : 'envelope.xsd')

function fitsSchema(file: string): boolean {
  const { status, stderr } = spawnSync(
    'xmllint',
    ['--noout', '--nonet', '--schema', schemaOf(file), join(folder, file)],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0 && status !== 3) throw new Error(stderr)
  return status === 0
}

const itWithXmllint = itWithPrograms('xmllint')

it.each(examples('valid'))('$file is read under strict without a word', ({ file }) => {
  const reading = read(readFileSync(join(folder, file)), 'strict')

  expect(reading.findings).toEqual([])
  expect(reading.envelope?.kind).toBe(nameOf(file)?.[1])
})

itWithXmllint.each(examples('valid'))('$file fits its schema', ({ file }) => {
  expect(fitsSchema(file)).toBe(true)
})

it.each(examples('invalid'))('$file is refused under strict with the code in its name', ({ file }) => {
  expect(verdicts(read(readFileSync(join(folder, file)), 'strict'))).toContain(`error ${nameOf(file)?.[2]}`)
})

itWithXmllint.each(examples('invalid'))('$file does not fit its schema', ({ file }) => {
  expect(fitsSchema(file)).toBe(false)
})

itWithXmllint('what is written fits the schema as it is written', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'edxml-'))
  const file = relative(folder, join(temporary, 'document.written.xml'))
  writeFileSync(
    join(folder, file),
    goodXml({ subject: 'Về <việc> & "thử"', scope: 'Công khai', typist: 'TVC', recipientLines: ['Như trên'] }),
  )

  expect(fitsSchema(file)).toBe(true)
  rmSync(temporary, { recursive: true })
})

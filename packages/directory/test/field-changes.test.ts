import { expect, it } from 'vitest'
import { fieldChanges } from '../src/index.ts'
import { agency } from './sample-directory.ts'

const before = agency('H22', { oldCodes: ['A', 'B'], canReceive: true })

it('tells what differs as files write it', () => {
  const after = { ...before, name: 'Tên mới', oldCodes: ['A'], canReceive: false, validTo: '2025-07-01' }

  expect(fieldChanges(before, after)).toEqual([
    { field: 'oldCodes', before: 'A B', after: 'A' },
    { field: 'name', before: before.name, after: 'Tên mới' },
    { field: 'validTo', before: '', after: '2025-07-01' },
    { field: 'canReceive', before: 'true', after: 'false' },
  ])
})

it('tells of a new agency what is not so anyway', () => {
  const fields = fieldChanges(undefined, agency('H22', { mail: 'a@example.vn' })).map(({ field }) => field)

  expect(fields).toEqual(['code', 'name', 'level', 'mail'])
})

it('tells nothing of agencies that are the same, lists that are empty and absent among them', () => {
  expect(fieldChanges(before, { ...before, choices: [], fileTypes: [] })).toEqual([])
})

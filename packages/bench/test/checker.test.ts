import { beforeEach, expect, it } from 'vitest'
import { check } from '../src/faults/checker.ts'
import { emptyJournal, type Journal } from '../src/faults/journal.ts'

let journal: Journal

beforeEach(() => {
  journal = emptyJournal()
  for (const name of ['a', 'b']) {
    journal.sent.set(name, {
      documentId: name,
      sha256: `sha-${name}`,
      receivers: ['H99', 'H99.32'],
      outcome: 'accepted',
      hubIds: new Set([`hub-${name}`]),
    })
    for (const receiver of ['H99', 'H99.32']) {
      const deliveryId = `${name}-${receiver}`
      journal.received.push({ deliveryId, documentId: name, receiver, sha256: `sha-${name}` })
      journal.acknowledged.add(deliveryId)
    }
  }
})

it('finds nothing where every accepted document arrived once with equal bytes', () => {
  expect(check(journal)).toEqual([])
})

it('allows a repeat that carries the same delivery id', () => {
  journal.received.push({ deliveryId: 'a-H99', documentId: 'a', receiver: 'H99', sha256: 'sha-a' })

  expect(check(journal)).toEqual([])
})

it('names a lost document', () => {
  journal.received.splice(1, 1)

  expect(check(journal)).toMatchObject([{ invariant: 'I1', what: expect.stringContaining('a at H99.32') }])
})

it('names a document that came twice as new', () => {
  journal.received.push({ deliveryId: 'other', documentId: 'b', receiver: 'H99', sha256: 'sha-b' })

  expect(check(journal)).toMatchObject([{ invariant: 'I2', what: expect.stringContaining('b at H99') }])
})

it('names a flipped bit', () => {
  journal.received[0] = { deliveryId: 'a-H99', documentId: 'a', receiver: 'H99', sha256: 'sha-A' }

  expect(check(journal)).toMatchObject([{ invariant: 'I3' }])
})

it('names a document that was given two ids', () => {
  journal.sent.get('a')?.hubIds.add('another')

  expect(check(journal)).toMatchObject([{ invariant: 'I4' }])
})

it('names a delivery that was never acknowledged', () => {
  journal.acknowledged.delete('b-H99')

  expect(check(journal)).toMatchObject([{ invariant: 'I1', what: expect.stringContaining('b at H99') }])
})

it('asks nothing of a document whose acceptance stayed unknown', () => {
  const unknown = journal.sent.get('a')
  if (unknown !== undefined) unknown.outcome = 'unknown'
  journal.received.length = 0

  expect(check(journal).every(violation => violation.what.startsWith('b'))).toBe(true)
})

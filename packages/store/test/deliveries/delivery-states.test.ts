import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  canMove,
  closedStates,
  type DeliveryMove,
  type DeliveryState,
  deliveryMoves,
} from '../../src/deliveries/delivery-states.ts'

const moves = Object.keys(deliveryMoves) as DeliveryMove[]

/** Follows moves in any order, as far as each is legal where it comes. */
function walk(tried: readonly DeliveryMove[]): DeliveryState[] {
  const path: DeliveryState[] = ['routed']
  for (const move of tried) {
    const here = path.at(-1) ?? 'routed'
    if (canMove(move, here)) path.push(deliveryMoves[move].to)
  }
  return path
}

const anyWalk = fc.array(fc.constantFrom(...moves), { maxLength: 40 }).map(walk)

it('leaves no closed state, whatever is tried in whatever order', () => {
  fc.assert(
    fc.property(anyWalk, path => {
      const firstClosed = path.findIndex(state => closedStates.includes(state))
      expect(firstClosed === -1 || firstClosed === path.length - 1).toBe(true)
    }),
  )
})

it('hands nothing over that was not in the mailbox first', () => {
  fc.assert(
    fc.property(anyWalk, path => {
      const handedOver = path.findIndex(state => state === 'fetched' || state === 'acknowledged')
      expect(handedOver === -1 || path.slice(0, handedOver).includes('available')).toBe(true)
    }),
  )
})

it.each(moves)('moves by %s into a state other moves know', move => {
  const { to } = deliveryMoves[move]

  expect(closedStates.includes(to) || moves.some(next => canMove(next, to))).toBe(true)
})

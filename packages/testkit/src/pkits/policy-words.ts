import { pathExtensions } from '@docaxis/pki/authority'
import type { Ask } from './chain.ts'

const { policies, policyConstraints, policyMappings } = pathExtensions

/** The six policies of the test suite, by their number. */
export const p = (number: number) => `2.16.840.1.101.3.2.1.48.${number}`
export const some = (...numbers: readonly number[]) => policies(...numbers.map(p))
export const any = policies('any')
export const maps = (...pairs: readonly (readonly [number, number])[]) =>
  policyMappings(...pairs.map(([issuer, subject]) => [p(issuer), p(subject)] as const))
export const explicit = (skip = 0) => policyConstraints({ explicit: skip })
export const required = explicit()

export const yes: Ask = { valid: true }
export const no: Ask = { valid: false }
export const accepting = (valid: boolean, ...numbers: readonly number[]): Ask => ({ valid, initial: numbers.map(p) })
export const requiring = (ask: Ask): Ask => ({ ...ask, explicit: true })

export const notice = (id: string, text = `q: of ${id}`) => ({ id, notice: text })

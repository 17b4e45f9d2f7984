import { pathExtensions } from '@docaxis/pki/authority'
import { type ChainCase, link, selfIssued } from './chain.ts'
import { accepting, any, maps, no, notice, p, required, some, yes } from './policy-words.ts'

const { inhibitAnyPolicy, policies, policyConstraints, policyMappings } = pathExtensions

const oneToThree = link(some(1, 2), maps([1, 3]), required)
const oneToMany = [link(some(1), maps([1, 2], [1, 3], [1, 4]), required), link(some(2, 3))] as const
const underGood = [link(some(1)), link(any, maps([1, 2]), required)] as const

/** Section 4.10: policy mappings. */
export const mappings: readonly ChainCase[] = [
  {
    id: '4.10.1',
    title: 'mapping',
    chain: [link(some(1), maps([1, 2]), required), link(some(2))],
    asks: [accepting(true, 1), accepting(false, 2), { valid: false, inhibitMapping: true }],
  },
  {
    id: '4.10.2',
    title: 'the name from before the mapping',
    chain: [link(some(1), maps([1, 2]), required), link(some(1))],
    asks: [no, { valid: false, inhibitMapping: true }],
  },
  {
    id: '4.10.3',
    title: 'mapping in a long path',
    chain: [oneToThree, link(some(2, 3), maps([3, 4])), link(some(2, 4), maps([2, 5])), link(some(5))],
    asks: [accepting(false, 1), accepting(true, 2)],
  },
  {
    id: '4.10.4',
    title: 'a mapping that was not made',
    chain: [oneToThree, link(some(2, 3), maps([3, 4])), link(some(4), maps([4, 5])), link(some(6))],
    asks: [no],
  },
  {
    id: '4.10.5',
    title: 'one policy mapped to three, by the first',
    chain: [...oneToMany, link(some(2))],
    asks: [accepting(true, 1), accepting(false, 6)],
  },
  {
    id: '4.10.6',
    title: 'one policy mapped to three, by the second',
    chain: [...oneToMany, link(some(3))],
    asks: [accepting(true, 1), accepting(false, 6)],
  },
  {
    id: '4.10.7',
    title: 'mapping from any-policy',
    chain: [link(any, policyMappings(['2.5.29.32.0', p(1)]), required), link(some(1))],
    asks: [no],
  },
  {
    id: '4.10.8',
    title: 'mapping to any-policy',
    chain: [link(some(1), policyMappings([p(1), '2.5.29.32.0']), required), link(any)],
    asks: [no],
  },
  {
    id: '4.10.9',
    title: 'mapping under any-policy, the name from before in the leaf',
    chain: [link(any, maps([1, 2]), required), link(some(1))],
    asks: [yes, accepting(true, 1), accepting(false, 2)],
  },
  {
    id: '4.10.9, mapped',
    title: 'mapping under any-policy, the mapped name in the leaf',
    chain: [link(any, maps([1, 2]), required), link(some(2))],
    asks: [yes, accepting(true, 1), accepting(false, 2)],
  },
  { id: '4.10.10', title: 'any-policy does not undo a mapping', chain: [...underGood, link(some(1))], asks: [no] },
  { id: '4.10.11', title: 'any-policy and a mapping', chain: [...underGood, link(some(2))], asks: [yes] },
  {
    id: '4.10.12',
    title: 'a mapped policy and any-policy in the leaf',
    chain: [oneToThree, link(policies(notice(p(3)), notice('any')))],
    asks: [accepting(true, 1), accepting(true, 2)],
  },
  {
    id: '4.10.13',
    title: 'a mapped policy beside any-policy',
    chain: [link(policies(p(1), 'any'), maps([1, 2]), required), link(policies(notice(p(2))))],
    asks: [yes, accepting(true, 1), accepting(false, 2)],
  },
  {
    id: '4.10.14',
    title: 'an unmapped policy beside any-policy',
    chain: [link(policies(p(1), 'any'), maps([1, 2]), required), link(some(3))],
    asks: [yes, accepting(false, 1), accepting(true, 3)],
  },
]

const inhibits = (skip: number) => policyConstraints({ explicit: 0, mapping: skip })
const twice = [link(some(1, 2), inhibits(1)), link(some(1, 2), maps([1, 3], [2, 4]))] as const
const selfMapped = [link(some(1), inhibits(1)), selfIssued(some(1)), link(some(1), maps([1, 2]))] as const

/** Section 4.11: inhibitPolicyMapping. */
export const inhibitPolicyMapping: readonly ChainCase[] = [
  {
    id: '4.11.1',
    title: 'inhibited at once',
    chain: [link(some(1), inhibits(0)), link(some(1), maps([1, 2])), link(some(2))],
    asks: [no],
  },
  { id: '4.11.2', title: 'inhibited after one', chain: [...twice, link(some(3))], asks: [yes] },
  {
    id: '4.11.3',
    title: 'mapped again after one',
    chain: [...twice, link(some(3, 4), maps([3, 5])), link(some(5))],
    asks: [no],
  },
  {
    id: '4.11.4',
    title: 'one mapped again, the other not',
    chain: [...twice, link(some(3, 4), maps([3, 5])), link(some(4))],
    asks: [yes],
  },
  {
    id: '4.11.5',
    title: 'inhibited after five, then after one',
    chain: [
      link(some(1), inhibits(5)),
      link(some(1), policyConstraints({ mapping: 1 })),
      link(some(1)),
      link(some(1), maps([1, 2])),
      link(some(2)),
    ],
    asks: [no],
  },
  {
    id: '4.11.6',
    title: 'nobody below allows more again',
    chain: [
      link(some(1, 2), inhibits(1)),
      link(some(1, 2), maps([1, 3]), policyConstraints({ mapping: 5 })),
      link(some(3), maps([3, 5])),
      link(some(5)),
    ],
    asks: [no],
  },
  { id: '4.11.7', title: 'a self-issued one not counted', chain: [...selfMapped, link(some(2))], asks: [yes] },
  {
    id: '4.11.8',
    title: 'mapped again below a self-issued one',
    chain: [...selfMapped, link(some(2), maps([2, 3])), link(some(3))],
    asks: [no],
  },
  {
    id: '4.11.9',
    title: 'mapped again, the name from before',
    chain: [...selfMapped, link(some(2), maps([2, 3])), link(some(2))],
    asks: [no],
  },
  {
    id: '4.11.10',
    title: 'mapped again by a self-issued one',
    chain: [...selfMapped, selfIssued(some(2), maps([2, 3])), link(some(3))],
    asks: [no],
  },
  {
    id: '4.11.11',
    title: 'mapped again by a self-issued one, the name from before',
    chain: [...selfMapped, selfIssued(some(2), maps([2, 3])), link(some(2))],
    asks: [no],
  },
]

const anyEnds = (skip: number) => link(some(1), required, inhibitAnyPolicy(skip))

/** Section 4.12: inhibitAnyPolicy. */
export const inhibitAny: readonly ChainCase[] = [
  { id: '4.12.1', title: 'inhibited at once', chain: [anyEnds(0), link(any)], asks: [no] },
  { id: '4.12.2', title: 'a policy beside any-policy', chain: [anyEnds(0), link(policies('any', p(1)))], asks: [yes] },
  {
    id: '4.12.3',
    title: 'any-policy in the one authority that may',
    chain: [anyEnds(1), link(any), link(some(1))],
    asks: [yes, { valid: false, inhibitAny: true }],
  },
  { id: '4.12.4', title: 'any-policy one certificate too far', chain: [anyEnds(1), link(any), link(any)], asks: [no] },
  {
    id: '4.12.5',
    title: 'inhibited after five, then after one',
    chain: [anyEnds(5), link(some(1), inhibitAnyPolicy(1)), link(any), link(any)],
    asks: [no],
  },
  {
    id: '4.12.6',
    title: 'nobody below allows more again',
    chain: [anyEnds(1), link(some(1), inhibitAnyPolicy(5)), link(any)],
    asks: [no],
  },
  {
    id: '4.12.7',
    title: 'a self-issued one not counted',
    chain: [anyEnds(1), selfIssued(any), link(any), link(some(1))],
    asks: [yes],
  },
  {
    id: '4.12.8',
    title: 'two authorities below a self-issued one',
    chain: [anyEnds(1), selfIssued(any), link(any), link(any), link(some(1))],
    asks: [no],
  },
  {
    id: '4.12.9',
    title: 'any-policy of a second self-issued one',
    chain: [anyEnds(1), selfIssued(any), link(any), selfIssued(any), link(some(1))],
    asks: [yes],
  },
  {
    id: '4.12.10',
    title: 'a leaf that is self-issued',
    chain: [anyEnds(1), selfIssued(any), link(any), selfIssued(any)],
    asks: [no],
  },
]

import { beforeAll, expect, it } from 'vitest'
import { type Authority, pathExtensions } from '../src/authority/index.ts'
import type { PolicyQuestion } from '../src/index.ts'
import { type Chain, judgeChain, rootAuthority } from './chain.ts'

const { policies, policyMappings, policyConstraints, inhibitAnyPolicy } = pathExtensions
const [gold, silver, bronze] = ['1.2.3.1', '1.2.3.2', '1.2.3.3'] as const
const anyPolicy = '2.5.29.32.0'
let root: Authority

beforeAll(async () => {
  root = await rootAuthority()
})

function asking(changes: Partial<PolicyQuestion>): PolicyQuestion {
  return { initial: [anyPolicy], explicit: true, inhibitMapping: false, inhibitAny: false, ...changes }
}

const cases: readonly {
  rule: string
  chain: Chain
  policy: Partial<PolicyQuestion>
  found: readonly string[] | 'V33'
}[] = [
  { rule: 'the same all the way', chain: [[policies(gold)], [policies(gold)]], policy: {}, found: [gold] },
  { rule: 'different ones, required', chain: [[policies(gold)], [policies(silver)]], policy: {}, found: 'V33' },
  {
    rule: 'different ones, not required',
    chain: [[policies(gold)], [policies(silver)]],
    policy: { explicit: false },
    found: [],
  },
  { rule: 'none in the leaf', chain: [[policies(gold)], []], policy: {}, found: 'V33' },
  {
    rule: 'one that is acceptable',
    chain: [[policies(gold, silver)], [policies(gold, silver)]],
    policy: { initial: [silver] },
    found: [silver],
  },
  {
    rule: 'none that is acceptable',
    chain: [[policies(gold)], [policies(gold)]],
    policy: { initial: [silver] },
    found: 'V33',
  },
  {
    rule: 'any-policy above',
    chain: [[policies('any')], [policies(gold)]],
    policy: { initial: [gold] },
    found: [gold],
  },
  {
    rule: 'any-policy all the way',
    chain: [[policies('any')], [policies('any')]],
    policy: { initial: [gold] },
    found: [gold],
  },
  {
    rule: 'any-policy, inhibited from the start',
    chain: [[policies('any')], [policies(gold)]],
    policy: { inhibitAny: true },
    found: 'V33',
  },
  {
    rule: 'any-policy where an authority ended it',
    chain: [[policies(gold), inhibitAnyPolicy(0)], [policies('any')]],
    policy: {},
    found: 'V33',
  },
  {
    rule: 'any-policy one before an authority ends it',
    chain: [[policies(gold), inhibitAnyPolicy(1)], [policies('any')], [policies(gold)]],
    policy: {},
    found: [gold],
  },
  {
    rule: 'a mapping',
    chain: [[policies(gold), policyMappings([gold, silver])], [policies(silver)]],
    policy: { initial: [gold] },
    found: [gold],
  },
  {
    rule: 'the old name behind a mapping',
    chain: [[policies(gold), policyMappings([gold, silver])], [policies(gold)]],
    policy: {},
    found: 'V33',
  },
  {
    rule: 'a mapping, inhibited from the start',
    chain: [[policies(gold), policyMappings([gold, silver])], [policies(silver)]],
    policy: { inhibitMapping: true },
    found: 'V33',
  },
  {
    rule: 'a mapping where an authority ended them',
    chain: [
      [policies(gold), policyConstraints({ mapping: 0 })],
      [policies(gold), policyMappings([gold, silver])],
      [policies(silver)],
    ],
    policy: {},
    found: 'V33',
  },
  {
    rule: 'two mappings in a row',
    chain: [
      [policies(gold), policyMappings([gold, silver])],
      [policies(silver), policyMappings([silver, bronze])],
      [policies(bronze)],
    ],
    policy: { initial: [gold] },
    found: [gold],
  },
  {
    rule: 'a mapping of any-policy',
    chain: [[policies(gold), policyMappings([anyPolicy, silver])], [policies(silver)]],
    policy: { explicit: false },
    found: 'V33',
  },
  {
    rule: 'a mapping below any-policy',
    chain: [[policies('any'), policyMappings([gold, silver])], [policies(silver)]],
    policy: { initial: [gold] },
    found: [gold],
  },
  {
    rule: 'a policy that an authority requires at once',
    chain: [[policies(gold), policyConstraints({ explicit: 0 })], []],
    policy: { explicit: false },
    found: 'V33',
  },
  {
    rule: 'a policy required two certificates further',
    chain: [[policies(gold), policyConstraints({ explicit: 2 })], []],
    policy: { explicit: false },
    found: [],
  },
  {
    rule: 'a policy that the leaf itself requires',
    chain: [[policies(gold)], [policyConstraints({ explicit: 0 })]],
    policy: { explicit: false },
    found: 'V33',
  },
]

it.each(cases)('policies, $rule: $found', async ({ chain, policy, found }) => {
  const result = await judgeChain(root, chain, { policy: asking(policy) })

  if (found === 'V33') expect(result).toMatchObject({ code: 'PATH_INVALID', rule: 'V33', policies: [] })
  else expect(result).toMatchObject({ verdict: 'VALID', policies: found })
})

it('policies that stand twice in a certificate refuse it', async () => {
  expect(await judgeChain(root, [[policies(gold, gold)]])).toMatchObject({ code: 'PATH_INVALID', rule: 'V38' })
})

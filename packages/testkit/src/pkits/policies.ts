import { pathExtensions } from '@docaxis/pki/authority'
import { type ChainCase, type Link, link, selfIssued } from './chain.ts'
import { accepting, any, explicit, no, notice, p, required, requiring, some, yes } from './policy-words.ts'

const { policies } = pathExtensions

/** Section 4.8: certificate policies. */
export const certificatePolicies: readonly ChainCase[] = [
  {
    id: '4.8.1',
    title: 'all certificates same policy',
    chain: [link(some(1)), link(some(1))],
    asks: [yes, accepting(true, 1), accepting(false, 2), accepting(true, 1, 2)].map(requiring),
  },
  { id: '4.8.2', title: 'all certificates no policies', chain: [link(), link()], asks: [yes, requiring(no)] },
  {
    id: '4.8.3',
    title: 'different policies, none required',
    chain: [link(some(1)), link(some(2)), link(some(1))],
    asks: [yes, requiring(no), requiring(accepting(false, 1, 2))],
  },
  {
    id: '4.8.4',
    title: 'different policies, the leaf another',
    chain: [link(some(1)), link(some(1), required), link(some(2))],
    asks: [no],
  },
  {
    id: '4.8.5',
    title: 'different policies, an authority another',
    chain: [link(some(1)), link(some(2), required), link(some(1))],
    asks: [no],
  },
  {
    id: '4.8.6',
    title: 'overlapping policies',
    chain: [link(some(1, 2, 3, 4), required), link(some(1, 2, 3)), link(some(1, 2)), link(some(1))],
    asks: [yes, accepting(true, 1), accepting(false, 2)],
  },
  {
    id: '4.8.7',
    title: 'policies that run out at the leaf',
    chain: [link(some(1, 2, 3), required), link(some(1, 2)), link(some(1)), link(some(2))],
    asks: [no],
  },
  {
    id: '4.8.8',
    title: 'policies that run out above the leaf',
    chain: [link(some(1, 2), required), link(some(1)), link(some(2)), link(some(1, 2))],
    asks: [no],
  },
  {
    id: '4.8.9',
    title: 'policies that run out in a long path',
    chain: [link(some(1, 2, 3), required), link(some(1, 2)), link(some(2)), link(some(1)), link(some(1))],
    asks: [no],
  },
  {
    id: '4.8.10',
    title: 'all certificates same two policies',
    chain: [link(some(1, 2), required), link(some(1, 2))],
    asks: [yes, accepting(true, 1), accepting(true, 2)],
  },
  {
    id: '4.8.11',
    title: 'all certificates any-policy',
    chain: [link(any, required), link(any)],
    asks: [yes, accepting(true, 1)],
  },
  { id: '4.8.12', title: 'different policies at once', chain: [link(some(3), required), link(some(4))], asks: [no] },
  {
    id: '4.8.13',
    title: 'all certificates same three policies',
    chain: [link(some(1, 2, 3), required), link(some(1, 2, 3))],
    asks: [accepting(true, 1), accepting(true, 2), accepting(true, 3)],
  },
  {
    id: '4.8.14',
    title: 'any-policy above one policy',
    chain: [link(any, required), link(some(1))],
    asks: [accepting(true, 1), accepting(false, 2)],
  },
  {
    id: '4.8.15',
    title: 'user notice of a leaf right below the anchor',
    chain: [link(policies(notice(p(1))))],
    asks: [yes, requiring(accepting(true, 1))],
  },
  {
    id: '4.8.16',
    title: 'user notice in authority and leaf',
    chain: [link(policies(notice(p(1)))), link(policies(notice(p(1)), notice(p(2))))],
    asks: [requiring(accepting(true, 1))],
  },
  {
    id: '4.8.17',
    title: 'user notice of any-policy in the leaf',
    chain: [link(some(1)), link(policies(notice('any')))],
    asks: [requiring(accepting(true, 1))],
  },
  {
    id: '4.8.18',
    title: 'user notices of two policies and of any-policy',
    chain: [link(some(1, 2), required), link(policies(notice(p(1)), notice(p(2)), notice('any')))],
    asks: [accepting(true, 1), accepting(true, 2)],
  },
  {
    id: '4.8.19',
    title: 'user notice longer than 200 characters',
    chain: [link(policies(notice(p(1), 'a'.repeat(350))))],
    asks: [yes],
  },
  {
    id: '4.8.20',
    title: 'pointer to a practice statement',
    chain: [link(some(1)), link(policies({ id: p(1), cps: 'http://csrc.example.gov/pki' }))],
    asks: [yes, requiring(accepting(true, 1))],
  },
]

const four = (top: Link): readonly Link[] => [top, link(), link(), link(), link()]

/** Section 4.9: requireExplicitPolicy. */
export const requireExplicitPolicy: readonly ChainCase[] = [
  { id: '4.9.1', title: 'required after ten', chain: four(link(explicit(10))), asks: [yes] },
  { id: '4.9.2', title: 'required after five', chain: four(link(explicit(5))), asks: [yes] },
  { id: '4.9.3', title: 'required after four', chain: four(link(explicit(4))), asks: [no] },
  {
    id: '4.9.4',
    title: 'required at once, a policy everywhere',
    chain: [link(some(1), required), link(some(1)), link(some(1)), link(some(1)), link(some(1))],
    asks: [yes],
  },
  {
    id: '4.9.5',
    title: 'required sooner by an authority below, and later by the next',
    chain: [link(explicit(7)), link(explicit(2)), link(explicit(4)), link(), link()],
    asks: [no],
  },
  {
    id: '4.9.6',
    title: 'a self-issued one not counted',
    chain: [link(explicit(2)), selfIssued(), link()],
    asks: [yes],
  },
  {
    id: '4.9.7',
    title: 'an authority below a self-issued one',
    chain: [link(explicit(2)), selfIssued(), link(), link()],
    asks: [no],
  },
  {
    id: '4.9.8',
    title: 'two self-issued ones',
    chain: [link(explicit(2)), selfIssued(), link(), selfIssued(), link()],
    asks: [no],
  },
]

import type { Authority, CrlWish } from '@docaxis/pki/authority'
import { daysFromNoon } from '../authority.ts'
import { anyPolicyAllowed, type PkitsCase } from './chain.ts'
import { indirectCases } from './indirect-lists.ts'
import { authority, below, freshest, type ListCase, leafOf, list, revoking } from './list-scene.ts'
import { pointCases, reasonCases } from './point-lists.ts'

const base: Partial<CrlWish> = { extensions: [freshest({ names: [below('CA', 'delta')] })] }
const delta = (wish: Partial<CrlWish> = {}): Partial<CrlWish> => ({ number: 7, base: 4, ...wish })
const past = { thisUpdate: daysFromNoon(-9), nextUpdate: daysFromNoon(-8) }

function deltas(id: string, title: string, valid: boolean, ...lists: readonly Partial<CrlWish>[]): ListCase {
  const scene: ListCase['scene'] = async root => {
    const issuer = await authority(root, 'CA')
    const certificate = await leafOf(issuer, [freshest({ names: [below('CA', 'delta')] })])
    return { certificate, others: [issuer], crls: lists.map(wish => list(issuer, wish)) }
  }
  return { id: `4.15.${id}`, title, valid, scene }
}

const deltaCases: readonly ListCase[] = [
  deltas('1', 'delta without a base', false, delta()),
  deltas('2', 'base and delta', true, base, delta()),
  deltas('3', 'revoked in the base', false, { ...base, ...revoking('keyCompromise') }, delta()),
  deltas('4', 'revoked in the delta', false, base, delta(revoking('keyCompromise'))),
  deltas(
    '5',
    'hold that the delta ends',
    true,
    { ...base, ...revoking('certificateHold') },
    delta(revoking('removeFromCRL')),
  ),
  deltas(
    '6',
    'hold that the delta makes final',
    false,
    { ...base, ...revoking('certificateHold') },
    delta(revoking('affiliationChanged')),
  ),
  deltas('7', 'end of a hold that the base no longer knows', true, base, delta(revoking('removeFromCRL'))),
  deltas('8', 'complete list newer than the base of the delta', true, { ...base, number: 6 }, delta()),
  deltas('9', 'the same, revoked in the delta', false, { ...base, number: 6 }, delta(revoking('keyCompromise'))),
  deltas(
    '10',
    'complete list out of date, older than the base of the delta',
    false,
    { ...base, ...past, number: 3 },
    delta(),
  ),
]

/** Sections 4.14 and 4.15: distribution points, indirect lists and deltas. */
const listCases: readonly ListCase[] = [...pointCases, ...reasonCases, ...indirectCases, ...deltaCases]

export async function casesOfLists(root: Authority): Promise<PkitsCase[]> {
  return Promise.all(
    listCases.map(async ({ id, title, valid, scene }) => {
      const { certificate, others, crls } = await scene(root)
      return {
        id,
        title,
        valid,
        anchor: root.certificate,
        certificate,
        others: others.map(one => one.certificate),
        crls: [list(root), ...crls],
        policy: anyPolicyAllowed,
      }
    }),
  )
}

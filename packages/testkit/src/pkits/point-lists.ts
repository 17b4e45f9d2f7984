import { type CrlWish, type IssuingPointWish, type PointWish, pathExtensions } from '@docaxis/pki/authority'
import { authority, below, type ListCase, leafOf, list, revoking } from './list-scene.ts'

const { distributionPoints, issuingDistributionPoint: scope } = pathExtensions

type Points = readonly PointWish[]
type Lists = readonly (Partial<CrlWish> & { readonly scope?: IssuingPointWish })[]

/** One authority, a leaf with these points, and these lists of the authority. */
function ownLists(id: string, title: string, valid: boolean, points: Points, lists: Lists, ca?: true): ListCase {
  const scene: ListCase['scene'] = async root => {
    const issuer = await authority(root, 'CA')
    const certificate = await leafOf(issuer, points.length > 0 ? [distributionPoints(...points)] : [], ca && { ca })
    const crls = lists.map(({ scope: point, ...wish }) =>
      list(issuer, { ...wish, ...(point && { extensions: [scope(point)] }) }),
    )
    return { certificate, others: [issuer], crls }
  }
  return { id: `4.14.${id}`, title, valid, scene }
}

const full = { names: [below('CA', 'CRL1')] }
const elsewhere = { names: [below('CA', 'CRL2')] }
const relative = { relative: 'CRL1' }

/** Section 4.14.1 to 4.14.14: which certificates a list speaks of. */
export const pointCases: readonly ListCase[] = [
  ownLists('1', 'full name, the same', true, [full], [{ scope: full }]),
  ownLists('2', 'full name, revoked', false, [full], [{ scope: full, ...revoking() }]),
  ownLists('3', 'full name, another', false, [full], [{ scope: elsewhere }]),
  ownLists('4', 'full name against a relative one', true, [full], [{ scope: relative }]),
  ownLists('5', 'relative names', true, [relative], [{ scope: relative }]),
  ownLists('6', 'relative names, revoked', false, [relative], [{ scope: relative, ...revoking() }]),
  ownLists('7', 'relative name against a full one', true, [relative], [{ scope: full }]),
  ownLists('8', 'relative name against another full one', false, [relative], [{ scope: elsewhere }]),
  ownLists('9', 'relative name against another relative one', false, [relative], [{ scope: { relative: 'CRL9' } }]),
  ownLists('10', 'list without a point', true, [full], [{}]),
  ownLists('11', 'users only, asked of an authority', false, [], [{ scope: { onlyUsers: true } }], true),
  ownLists('12', 'authorities only, asked of a user', false, [], [{ scope: { onlyAuthorities: true } }]),
  ownLists('13', 'authorities only, asked of one', true, [], [{ scope: { onlyAuthorities: true } }], true),
  ownLists('14', 'attribute certificates only', false, [], [{ scope: { onlyAttributes: true } }]),
]

const compromise = [1, 2]
const otherReasons = [3, 4, 5, 6, 7, 8]
const bothReasons: Points = [
  { ...full, reasons: compromise },
  { ...elsewhere, reasons: otherReasons },
]

/** Section 4.14.15 to 4.14.21: lists for some reasons. */
export const reasonCases: readonly ListCase[] = [
  ownLists(
    '15',
    'compromised, in the list of that',
    false,
    [],
    [{ scope: { reasons: compromise }, ...revoking('keyCompromise') }, { scope: { reasons: otherReasons } }],
  ),
  ownLists(
    '16',
    'held, in the list of the other reasons',
    false,
    [],
    [{ scope: { reasons: compromise } }, { scope: { reasons: otherReasons }, ...revoking('certificateHold') }],
  ),
  ownLists(
    '17',
    'reasons that nobody speaks of',
    false,
    [],
    [{ scope: { reasons: compromise } }, { scope: { reasons: [3] } }],
  ),
  ownLists(
    '18',
    'reasons that lists share',
    true,
    [],
    [{ scope: { reasons: [1, 2, 3, 4] } }, { scope: { reasons: [4, 5, 6, 7, 8] } }],
  ),
  ownLists('19', 'reasons by points', true, bothReasons, [
    { scope: { ...full, reasons: compromise } },
    { scope: { ...elsewhere, reasons: otherReasons } },
  ]),
  ownLists('20', 'compromised, by points', false, bothReasons, [
    { scope: { ...full, reasons: compromise }, ...revoking('keyCompromise') },
    { scope: { ...elsewhere, reasons: otherReasons } },
  ]),
  ownLists('21', 'moved, by points', false, bothReasons, [
    { scope: { ...full, reasons: compromise } },
    { scope: { ...elsewhere, reasons: otherReasons }, ...revoking('affiliationChanged') },
  ]),
]

import { type CrlWish, type IssuingPointWish, type PointWish, pathExtensions } from '@docaxis/pki/authority'
import {
  authority,
  below,
  type ListCase,
  leafOf,
  leafSerial,
  list,
  listedAt,
  listSigner,
  nameOf,
  revoking,
} from './list-scene.ts'

const { distributionPoints, issuingDistributionPoint: scope } = pathExtensions

const point = { names: [below('signer', 'indirect CRL')] }
const named = (unit: string): readonly PointWish[] => [{ ...point, crlIssuer: nameOf(unit) }]

/** An authority whose leaf is left to the list of another signer, by both points. */
interface IndirectWish {
  readonly id: string
  readonly title: string
  readonly valid: boolean
  /** Who issues the signer of the list: the anchor, or the very authority. */
  readonly under?: 'root' | 'authority'
  readonly points?: readonly PointWish[]
  readonly scope?: IssuingPointWish
  readonly revoked?: CrlWish['revoked']
  /** Names the list signer as the issuer of the list on its own certificate. */
  readonly speaksOfItself?: boolean
  /** Empty where the authority issues no list itself. */
  readonly own?: readonly Partial<CrlWish>[]
}

function indirect(wish: IndirectWish): ListCase {
  const { id, title, valid, under = 'root', points = named('signer'), own = [{}] } = wish
  const scene: ListCase['scene'] = async root => {
    const issuer = await authority(root, 'CA')
    const itself = wish.speaksOfItself ? [distributionPoints(...named('signer'))] : []
    const signer = await listSigner(under === 'root' ? root : issuer, 'signer', ...itself)
    const certificate = await leafOf(issuer, points.length > 0 ? [distributionPoints(...points)] : [])
    const extensions = [scope(wish.scope ?? { ...point, indirect: true })]
    const indirectList = list(signer, { extensions, revoked: wish.revoked ?? [] })
    return { certificate, others: [issuer, signer], crls: [indirectList, ...own.map(one => list(issuer, one))] }
  }
  return { id: `4.14.${id}`, title, valid, scene }
}

const entry = (unit?: string, serial = leafSerial) => ({ serial, at: listedAt, ...(unit && { issuer: nameOf(unit) }) })
const ownIndirect = { extensions: [scope({ indirect: true })] }

/** Section 4.14.22 to 4.14.35: lists that another issuer signs. */
export const indirectCases: readonly ListCase[] = [
  indirect({ id: '22', title: 'own list that is indirect', valid: true, points: [], own: [ownIndirect] }),
  indirect({
    id: '23',
    title: 'own list that is indirect, revoked',
    valid: false,
    points: [],
    own: [{ ...ownIndirect, ...revoking() }],
  }),
  indirect({ id: '24', title: 'list of another issuer', valid: true, own: [] }),
  indirect({ id: '25', title: 'the serial there is of its signer', valid: true, own: [], revoked: [entry()] }),
  indirect({ id: '26', title: 'no issuer of the list is named', valid: false, points: [point], own: [] }),
  indirect({ id: '27', title: 'list of the named issuer, not indirect', valid: false, scope: point, own: [] }),
  indirect({ id: '28', title: 'named signer under the authority', valid: true, under: 'authority' }),
  indirect({
    id: '29',
    title: 'point relative to the named signer',
    valid: true,
    under: 'authority',
    points: [{ relative: 'indirect CRL', crlIssuer: nameOf('signer') }],
  }),
  indirect({
    id: '30',
    title: 'signer that its authority left to its own list',
    valid: true,
    under: 'authority',
    speaksOfItself: true,
    own: [],
  }),
  indirect({
    id: '31',
    title: 'revoked behind entries of others',
    valid: false,
    own: [],
    revoked: [entry('Other', '0b'), entry('CA')],
  }),
  indirect({
    id: '32',
    title: 'revoked as the second of its issuer',
    valid: false,
    own: [],
    revoked: [entry('CA', '0b'), entry()],
  }),
  indirect({
    id: '33',
    title: 'the serial there is of a third issuer',
    valid: true,
    own: [],
    revoked: [entry('CA', '0b'), entry('Other')],
  }),
  indirect({
    id: '34',
    title: 'revoked in an own list that is indirect, behind its own name',
    valid: false,
    points: [],
    own: [{ ...ownIndirect, revoked: [entry('Other', '0b'), entry('CA')] }],
  }),
  indirect({
    id: '35',
    title: 'list of somebody else than the named one',
    valid: false,
    points: named('Other'),
    own: [],
  }),
]

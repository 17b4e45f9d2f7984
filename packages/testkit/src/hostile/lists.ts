import { type Authority, type CrlWish, createAuthority, pathExtensions } from '@docaxis/pki/authority'
import { noon } from '../authority.ts'
import { current, type HostileQuestion, leafWish, pairBelow, times } from './question.ts'

const { distributionPoints, issuingDistributionPoint: scope } = pathExtensions
const several = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index))
const list = (signer: Authority, wish: Partial<CrlWish> = {}) =>
  signer.crl({ ...current, number: 5, revoked: [], ...wish })

/** Lists that are long, many, or full of names. */
export async function* listFloods(root: Authority): AsyncGenerator<HostileQuestion> {
  const { issuer, ...question } = await pairBelow(root, [], [])
  const ask = (what: string, crls: readonly Buffer[], isRight?: true): HostileQuestion => ({
    what,
    ...question,
    crls: [list(root), ...crls],
    ...(isRight && { isRight }),
  })
  const stranger = await createAuthority({ name: 'CA', keyType: 'ec', ...times })
  const indirect = { extensions: [scope({ indirect: true })] }
  const entries = (count: number, serialOf: (index: number) => string, isNamed: boolean) =>
    several(count, index => ({
      serial: serialOf(index),
      at: noon,
      ...(isNamed && { issuer: { commonName: `I${index}` } }),
    }))

  yield ask(
    'a list of 500,000 entries',
    [list(issuer, { revoked: entries(500_000, index => (index + 256).toString(16), false) })],
    true,
  )
  yield ask(
    'a list of 200,000 entries, each of another issuer',
    [list(issuer, { ...indirect, revoked: entries(200_000, index => (index + 256).toString(16), true) })],
    true,
  )
  yield ask('100,000 entries of one serial, each of another issuer', [
    list(issuer, { ...indirect, revoked: entries(100_000, () => leafWish.serial, true) }),
  ])
  yield ask('800 lists and 800 deltas of a stranger', [
    ...several(800, number => list(stranger, { number })),
    ...several(800, index => list(stranger, { number: 2000 + index, base: 1 })),
  ])
  yield ask('a revoking delta behind 200 of a stranger', [
    list(issuer),
    ...several(200, index => list(stranger, { number: 2000 + index, base: 1, thisUpdate: noon })),
    list(issuer, { number: 7, base: 1, revoked: [{ serial: leafWish.serial, at: current.thisUpdate }] }),
  ])
}

/** Names of distribution points by the thousand, on both sides. */
export async function* pointFloods(root: Authority): AsyncGenerator<HostileQuestion> {
  const addresses = (host: string) => several(20_000, index => ({ uri: `http://${host}/${index}` }))
  const floods = {
    'one point of 20,000 names': distributionPoints({ names: addresses('a') }),
    '20,000 points': distributionPoints(...addresses('a').map(name => ({ names: [name] }))),
    '10,000 points, each of another issuer': distributionPoints(
      ...several(10_000, index => ({ names: [{ uri: `http://a/${index}` }], crlIssuer: { commonName: `I${index}` } })),
    ),
  }
  for (const [what, points] of Object.entries(floods)) {
    const { issuer, ...question } = await pairBelow(root, [], [points])
    const far = list(issuer, { extensions: [scope({ names: addresses('b') })] })
    yield { what: `${what}, a list of 20,000 others`, ...question, crls: [list(root), far] }
  }
}

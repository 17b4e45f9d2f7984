import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Extension } from '@docaxis/pki'
import { type Authority, type CertificateWish, createAuthority, pathExtensions } from '@docaxis/pki/authority'
import { type HostileQuestion, leafWish, pairBelow, times } from './question.ts'

const { alternativeNames, inhibitAnyPolicy, nameConstraints, policies, policyMappings } = pathExtensions
const several = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index))

/** Authorities that all look like the one wanted, and none is. */
export async function* lookAlikes(root: Authority): AsyncGenerator<HostileQuestion> {
  const { anchor, certificate } = await pairBelow(root, [], [])
  const stranger = await createAuthority({ name: 'CA', keyType: 'ec', ...times })
  const wish: CertificateWish = { subject: { commonName: 'CA' }, ca: true, keyUsage: ['keyCertSign'], ...times }
  const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
  const certified = (count: number, keyOf: () => KeyObject) =>
    Promise.all(
      several(count, async () => (await stranger.issue({ ...wish, publicKeyPem: pem(keyOf()) })).certificate.der),
    )

  const one = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
  yield {
    what: '3,000 authorities of one name and key',
    anchor,
    certificate,
    intermediates: await certified(3000, () => one),
  }
  const large = () => generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey
  yield {
    what: '1,000 authorities of one name, P-521',
    anchor,
    certificate,
    intermediates: await certified(1000, large),
  }
  yield { what: '400 authorities that certify each other', anchor, certificate, intermediates: await ring(400) }
}

/** Each authority is certified by the one before, the first by the last, and every one by itself. */
async function ring(count: number): Promise<Buffer[]> {
  const names = several(count, index => (index === 0 ? 'CA' : `CA ${index}`))
  const members = await Promise.all(names.map(name => createAuthority({ name, keyType: 'ec', ...times })))
  const certified = members.map(async (member, index) => {
    const issuer = members[(index + 1) % count] ?? member
    const publicKeyPem = member.certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const wish = { subject: { commonName: names[index] ?? '' }, ca: true, publicKeyPem, ...times }
    return [member.certificate.der, (await issuer.issue(wish)).certificate.der]
  })
  return (await Promise.all(certified)).flat()
}

/** Names and limits by the thousand. */
export async function* nameFloods(root: Authority): AsyncGenerator<HostileQuestion> {
  const hosts = several(1000, index => `h${index}.example.vn`)
  const below = async (
    what: string,
    ofAuthority: Extension,
    ofLeaf: Extension,
    isRight?: true,
  ): Promise<HostileQuestion> => {
    const { issuer: _, ...question } = await pairBelow(root, [ofAuthority], [ofLeaf])
    return { what, ...question, ...(isRight && { isRight }) }
  }
  const excluded = (kind: 'dns' | 'mail' | 'uri') =>
    nameConstraints({ excluded: hosts.map(host => ({ [kind]: host }) as { readonly dns: string }) })
  yield await below(
    '1,000 permitted names, 1,000 others',
    nameConstraints({ permitted: hosts.map(dns => ({ dns })) }),
    alternativeNames(...hosts.map(dns => ({ dns: `x${dns}` }))),
  )
  const long = 'a.'.repeat(450_000)
  yield await below(
    'a host name of 900,000 octets against 1,000',
    excluded('dns'),
    alternativeNames({ dns: `${long}vn` }),
  )
  const mail = `${'a@'.repeat(450_000)}${hosts[7]}`
  yield await below('a mail address of 900,000 octets against 1,000', excluded('mail'), alternativeNames({ mail }))
  const uri = `http://${'a@'.repeat(450_000)}${hosts[7]}`
  yield await below('an address of 900,000 octets against 1,000', excluded('uri'), alternativeNames({ uri }))
  yield await below('a host of 900,000 octets', excluded('uri'), alternativeNames({ uri: `http://${long}` }))
}

/** Policies that a tree would follow for ever (RFC 9618). */
export async function* policyFloods(root: Authority): AsyncGenerator<HostileQuestion> {
  const chain = async (what: string, extensions: readonly Extension[], ofLeaf: Extension): Promise<HostileQuestion> => {
    const authorities = [root]
    for (let depth = 0; depth < 7; depth += 1) {
      const [issuer = root] = authorities
      authorities.unshift(await issuer.issueAuthority({ name: `CA ${depth}`, keyType: 'ec', extensions, ...times }))
    }
    const [last = root] = authorities
    const leaf = await last.issueIdentity({ ...leafWish, extensions: [ofLeaf] })
    const intermediates = authorities.slice(0, -1).map(({ certificate }) => certificate.der)
    return { what, anchor: root.certificate.der, certificate: leaf.certificate.der, intermediates }
  }
  const ids = several(170, index => `1.2.3.${index}`)
  const everyPair = ids.flatMap(issuer => ids.map(subject => [issuer, subject] as const))
  const far = [policies('1.2.4'), pathExtensions.policyConstraints({ explicit: 0 }), inhibitAnyPolicy(0)] as const
  yield await chain(
    '170 policies mapped onto each other, seven times',
    [policies(...ids), policyMappings(...everyPair), far[1]],
    far[0],
  )
  const many = several(30_000, index => `1.2.3.${index}`)
  yield await chain('30,000 policies, seven times', [policies('any', ...many), far[1], far[2]], far[0])
}

import { generateKeyPairSync } from 'node:crypto'
import { type Authority, bits, encode, integer, objectId, sequence, set, utf8 } from '@docaxis/pki/authority'
import { type HostileQuestion, isAuthority, leafWish, rawCertificate, rawExtension, repeated } from './question.ts'

const knownExtensions = ['14', '15', '17', '18', '19', '30', '31', '32', '33', '35', '36', '37', '46', '54'].map(
  arc => `2.5.29.${arc}`,
)

/** Issuer names of other kinds, and authority key identifiers of another form: nobody asks what they hold. */
const unread: ReadonlySet<string> = new Set(['2.5.29.18', '2.5.29.35'])

/** Sequences one inside the other. */
function nested(depth: number): Buffer {
  const headers: Buffer[] = []
  let length = 0
  for (let level = 0; level < depth; level += 1) {
    const header = encode(0x30, Buffer.alloc(length)).subarray(
      0,
      length < 128 ? 2 : length < 256 ? 3 : length < 65_536 ? 4 : 5,
    )
    headers.push(Buffer.from(header))
    length += header.length
  }
  return Buffer.concat(headers.reverse())
}

const attribute = sequence(objectId('2.5.4.3'), utf8('a'))
const bitString = (content: Buffer) => encode(0x03, Buffer.concat([Buffer.of(0), content]))
const manyArcs = (arc: number, count: number) => encode(0x06, Buffer.of(0x2a), Buffer.alloc(count, arc), Buffer.of(1))

/** Certificates whose parts are absurd, truly signed: some break no rule for all their size, and stay right. */
export function* absurdCertificates(root: Authority): Generator<HostileQuestion> {
  const ask = (what: string, wish: Parameters<typeof rawCertificate>[1]): HostileQuestion => ({
    what,
    anchor: root.certificate.der,
    certificate: rawCertificate(root, wish),
    intermediates: [],
  })
  const holding = (what: string, id: string, value: Buffer) => ask(what, { extensions: [rawExtension(id, value)] })

  const right = (question: HostileQuestion): HostileQuestion => ({ ...question, isRight: true })

  const deep = nested(20_000)
  for (const id of knownExtensions) {
    const question = holding(`sequences 20,000 deep in extension ${id}`, id, deep)
    yield unread.has(id) ? right(question) : question
  }
  yield holding('a key usage of 8 million bits', '2.5.29.15', bitString(Buffer.alloc(1_000_000, 0xff)))
  yield holding('a key usage of 32 million bits', '2.5.29.15', bitString(Buffer.alloc(4_000_000, 0xff)))
  yield holding('an object identifier with one arc of 900,000 octets', '2.5.29.37', sequence(manyArcs(0xff, 900_000)))
  yield right(holding('an object identifier of 900,000 arcs', '2.5.29.37', sequence(manyArcs(0x01, 900_000))))
  yield holding('a million policies', '2.5.29.32', sequence(repeated(sequence(objectId('1.2.3')), 1_000_000)))
  yield holding('80,000 policies', '2.5.29.32', sequence(repeated(sequence(objectId('1.2.3')), 80_000)))
  yield ask('a name part of 60,000 attributes', { issuer: sequence(encode(0x31, repeated(attribute, 60_000))) })
  yield ask('a name part of 200,000 attributes', { issuer: sequence(encode(0x31, repeated(attribute, 200_000))) })
  yield right(ask('a name of 60,000 parts', { subject: sequence(repeated(set(attribute), 60_000)) }))
  const marks = sequence(set(sequence(objectId('2.5.4.3'), utf8('a\u0301\u0316'.repeat(150_000)))))
  yield right(ask('a name of marks to be put in order', { subject: marks }))
  yield ask('a serial number below 0', { serial: encode(0x02, Buffer.of(0x80)) })
  yield ask('a serial number of 0', { serial: encode(0x02, Buffer.of(0)) })
  yield ask('a serial number of 900,000 octets', { serial: encode(0x02, Buffer.alloc(900_000, 0x7f)) })
}

const rsaKey = (modulus: Buffer, exponent: Buffer) =>
  sequence(
    sequence(objectId('1.2.840.113549.1.1.1'), Buffer.of(5, 0)),
    bits(sequence(encode(0x02, modulus), encode(0x02, exponent))),
  )
const ecKey = (parameters: Buffer, point: Buffer) =>
  sequence(sequence(objectId('1.2.840.10045.2.1'), parameters), bits(point))
const p256 = objectId('1.2.840.10045.3.1.7')
const uncompressed = (fill: number) => Buffer.concat([Buffer.of(4), Buffer.alloc(64, fill)])

function absurdKeys(): Readonly<Record<string, Buffer>> {
  const { n = '' } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
  const modulus = Buffer.concat([Buffer.of(0), Buffer.from(n, 'base64url')])
  const usual = Buffer.of(1, 0, 1)
  return {
    'RSA, exponent 1': rsaKey(modulus, Buffer.of(1)),
    'RSA, exponent 0': rsaKey(modulus, Buffer.of(0)),
    'RSA, exponent 2': rsaKey(modulus, Buffer.of(2)),
    'RSA, exponent -1': rsaKey(modulus, Buffer.of(0xff)),
    'RSA, exponent of 100,000 octets': rsaKey(modulus, Buffer.alloc(100_000, 0x7f)),
    'RSA, exponent as long as the modulus': rsaKey(modulus, Buffer.alloc(256, 0x7f)),
    'RSA of 800,000 bits': rsaKey(Buffer.alloc(100_000, 0x7f), usual),
    'RSA, modulus even': rsaKey(Buffer.concat([modulus.subarray(0, -1), Buffer.of(0)]), usual),
    'RSA, modulus 0': rsaKey(Buffer.of(0), usual),
    'RSA, modulus below 0': rsaKey(Buffer.alloc(256, 0x80), usual),
    'EC, point at infinity': ecKey(p256, Buffer.of(0)),
    'EC, point off the curve': ecKey(p256, uncompressed(1)),
    'EC, coordinates above the prime': ecKey(p256, uncompressed(0xff)),
    'EC, compressed point that is none': ecKey(p256, Buffer.concat([Buffer.of(2), Buffer.alloc(32, 0xff)])),
    'EC, hybrid point': ecKey(p256, Buffer.concat([Buffer.of(6), Buffer.alloc(64, 1)])),
    'EC, curve spelled out': ecKey(
      sequence(integer('1'), sequence(objectId('1.2.840.10045.1.1'), integer('17'))),
      uncompressed(1),
    ),
    'EC, curve nobody knows': ecKey(objectId('1.2.3'), uncompressed(1)),
    'EC, curve inherited': ecKey(Buffer.of(5, 0), uncompressed(1)),
    'EC, no parameters': ecKey(Buffer.alloc(0), uncompressed(1)),
    'Ed25519 of 3 octets': sequence(sequence(objectId('1.3.101.112')), bits(Buffer.alloc(3))),
    'no bits at all': ecKey(p256, Buffer.alloc(0)),
    'DSA, parameters inherited': sequence(sequence(objectId('1.2.840.10040.4.1')), bits(integer('11'))),
  }
}

/** Keys no honest authority or signer has, in certificates that are truly signed. */
export async function* absurdKeyHolders(root: Authority): AsyncGenerator<HostileQuestion> {
  const issuer = await root.issueAuthority({
    name: 'CA',
    keyType: 'ec',
    notBefore: leafWish.notBefore,
    notAfter: leafWish.notAfter,
  })
  const { der: leaf } = (await issuer.issueIdentity(leafWish)).certificate
  const anchor = root.certificate.der
  for (const [what, key] of Object.entries(absurdKeys())) {
    const authority = rawCertificate(root, { key, extensions: [isAuthority] })
    yield { what: `${what}, of the leaf`, anchor, certificate: rawCertificate(root, { key }), intermediates: [] }
    yield { what: `${what}, of the authority`, anchor, certificate: leaf, intermediates: [authority] }
  }
}

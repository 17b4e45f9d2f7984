import type { Certificate, CertStatus, RevocationReason } from '@docaxis/pki'
import {
  type Identity,
  type OcspWish,
  readOcspRequest,
  writeOcspRefusal,
  writeOcspResponse,
} from '@docaxis/pki/authority'
import { type TestAuthority, testAuthority } from '../authority.ts'
import { opensslOnce } from './openssl.ts'
import { type EvidenceServer, type Question, startEvidenceServer } from './server.ts'

/** Wrong answers of a responder, each wrong in one way only. */
export type OcspTrouble = 'stale' | 'wrong-signer' | 'wrong-nonce' | 'no-nonce' | 'try-later' | 'unsigned' | 'unknown'

export interface OcspResponder extends EvidenceServer<OcspTrouble> {
  /** The delegated responder that signs. */
  readonly signer: Identity
  /** Serial to what became of it; every other certificate is good. */
  readonly revoked: Map<string, { readonly at: Date; readonly reason: RevocationReason }>
}

export interface OcspResponderWish {
  readonly authority: TestAuthority
  /** The moment of the answer. */
  readonly now: () => Date
  /**
   * Let openssl make the answers while there is no trouble. It knows only these certificates and answers by the clock
   * of the machine, whatever `now` says.
   */
  readonly opensslKnows?: readonly Certificate[]
}

const hourMs = 3_600_000

/** An OCSP responder of this authority over HTTP, POST and GET (RFC 6960 appendix A). Answers are good for a day. */
export async function testOcspResponder(wish: OcspResponderWish): Promise<OcspResponder> {
  const signer = await wish.authority.ocspSigner()
  const stranger = await (await testAuthority({ name: 'Another CA' })).ocspSigner()
  const revoked: OcspResponder['revoked'] = new Map()

  const server = await startEvidenceServer<OcspTrouble>(async (question, trouble) => {
    const request = requestOf(question)
    const body =
      wish.opensslKnows && !trouble
        ? await answerByOpenssl(request, { ...wish, signer, revoked }, wish.opensslKnows)
        : answer(request, { ...wish, signer: trouble === 'wrong-signer' ? stranger : signer, revoked }, trouble)
    return { type: 'application/ocsp-response', body }
  })
  return Object.assign(server, { signer, revoked })
}

interface Responder extends OcspResponderWish, Pick<OcspResponder, 'signer' | 'revoked'> {}

function requestOf({ method, path, body }: Question): Buffer {
  return method === 'GET' ? Buffer.from(decodeURIComponent(path.replace(/^\/+/, '')), 'base64') : body
}

function answer(request: Buffer, { now, signer, revoked }: Responder, trouble: OcspTrouble | undefined): Buffer {
  if (trouble === 'try-later') return writeOcspRefusal('tryLater')
  const { certIds, nonce } = readOcspRequest(request)
  const from = new Date(now().getTime() - (trouble === 'stale' ? 48 : 1) * hourMs)
  const nextUpdate = new Date(from.getTime() + 24 * hourMs)
  const statusOf = (serial: string): CertStatus => {
    if (trouble === 'unknown') return { is: 'unknown' }
    const entry = revoked.get(serial)
    return entry ? { is: 'revoked', ...entry } : { is: 'good' }
  }
  const answers = certIds.map(certId => ({ certId, status: statusOf(certId.serial), thisUpdate: from, nextUpdate }))
  const sent = nonceFor(nonce, trouble)
  const whole: OcspWish = { answers, producedAt: from, signer, unsigned: trouble === 'unsigned' }
  return writeOcspResponse(sent ? { ...whole, nonce: sent } : whole)
}

function nonceFor(nonce: Buffer | undefined, trouble: OcspTrouble | undefined): Buffer | undefined {
  if (trouble === 'no-nonce') return undefined
  return trouble === 'wrong-nonce' ? Buffer.alloc(32, 7) : nonce
}

function answerByOpenssl(
  request: Buffer,
  { authority, signer, revoked }: Responder,
  known: readonly Certificate[],
): Promise<Buffer> {
  const files = {
    'ca.pem': authority.certificatePem,
    'signer.pem': signer.certificatePem,
    'signer.key': signer.privateKeyPem,
    'index.txt': known.map(certificate => indexLine(certificate, revoked.get(certificate.serial))).join(''),
    'request.der': request,
  }
  const identity = ['-CA', 'ca.pem', '-rsigner', 'signer.pem', '-rkey', 'signer.key']
  const index = ['-index', 'index.txt', '-ndays', '1']
  const exchange = ['-reqin', 'request.der', '-respout', 'response.der']
  return opensslOnce(files, ['ocsp', ...identity, ...index, ...exchange], 'response.der')
}

/** One line of the index that `openssl ca` keeps: state, end, revocation, serial, file, subject. */
function indexLine({ serial, notAfter }: Certificate, revoked: { at: Date; reason: string } | undefined): string {
  const hex = (serial.length % 2 === 0 ? serial : `0${serial}`).toUpperCase()
  const when = revoked ? `${shortTime(revoked.at)},${revoked.reason}` : ''
  return [revoked ? 'R' : 'V', shortTime(notAfter), when, hex, 'unknown', '/CN=known'].join('\t').concat('\n')
}

function shortTime(at: Date): string {
  return at.toISOString().replace(/^\d\d|[-:T]|\.\d+/g, '')
}

import {
  type CmsWish,
  type Identity,
  readTimeStampRequest,
  type TimeStampWish,
  writeTimeStampRefusal,
  writeTimeStampResponse,
} from '@docaxis/pki/authority'
import { type TestAuthority, testAuthority } from '../authority.ts'
import { opensslOnce } from './openssl.ts'
import { type EvidenceServer, startEvidenceServer } from './server.ts'

/** Wrong answers of a time-stamping authority, each wrong in one way only. */
export type TsaTrouble = 'refuse' | 'stale' | 'wrong-signer' | 'wrong-nonce' | 'wrong-imprint' | 'unsigned'

export interface Tsa extends EvidenceServer<TsaTrouble> {
  readonly signer: Identity
  /** The one policy it stamps under. */
  readonly policy: string
}

export interface TsaWish {
  readonly authority: TestAuthority
  /** The moment it stamps. Left out, openssl stamps while there is no trouble, by the clock of the machine. */
  readonly now?: () => Date
}

const policy = '1.3.6.1.4.1.13762.3'

/** A time-stamping authority over HTTP (RFC 3161 section 3.4). */
export async function testTsa({ authority, now }: TsaWish): Promise<Tsa> {
  const signer = await authority.timeStamper()
  const stranger = await (await testAuthority({ name: 'Another CA' })).timeStamper()
  const server = await startEvidenceServer<TsaTrouble>(async ({ body }, trouble) => {
    const stamp = now || trouble ? answer(body, now?.() ?? new Date(), { signer, stranger }, trouble) : undefined
    return { type: 'application/timestamp-reply', body: stamp ?? (await answerByOpenssl(body, authority, signer)) }
  })
  return Object.assign(server, { signer, policy })
}

function answer(
  body: Buffer,
  now: Date,
  { signer, stranger }: { readonly signer: Identity; readonly stranger: Identity },
  trouble: TsaTrouble | undefined,
): Buffer {
  const right: TimeStampWish = { request: readTimeStampRequest(body), genTime: now, signer, policy }
  switch (trouble) {
    case undefined:
      return writeTimeStampResponse(right)
    case 'refuse':
      return writeTimeStampRefusal('not now')
    case 'stale':
      return writeTimeStampResponse({ ...right, genTime: new Date(now.getTime() - 86_400_000) })
    case 'wrong-signer':
      return writeTimeStampResponse({ ...right, signer: stranger })
    case 'wrong-nonce':
      return writeTimeStampResponse({ ...right, request: { ...right.request, nonce: '7' } })
    case 'wrong-imprint':
      return writeTimeStampResponse({ ...right, request: { ...right.request, imprint: Buffer.alloc(32, 7) } })
    case 'unsigned':
      return writeTimeStampResponse({ ...right, cms: { signers: 0 } satisfies Partial<CmsWish> })
  }
}

const settings = `
[tsa]
default_tsa = one
[one]
serial = serial
default_policy = ${policy}
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
signer_digest = sha256
`

function answerByOpenssl(request: Buffer, authority: TestAuthority, signer: Identity): Promise<Buffer> {
  const files = {
    'tsa.cnf': settings,
    serial: '01\n',
    'ca.pem': authority.certificatePem,
    'signer.pem': signer.certificatePem,
    'signer.key': signer.privateKeyPem,
    'request.tsq': request,
  }
  const identity = ['-signer', 'signer.pem', '-inkey', 'signer.key', '-config', 'tsa.cnf', '-section', 'one']
  const exchange = ['-queryfile', 'request.tsq', '-out', 'response.tsr']
  return opensslOnce(files, ['ts', '-reply', ...identity, ...exchange], 'response.tsr')
}

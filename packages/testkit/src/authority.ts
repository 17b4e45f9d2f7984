import { type Crl, createTrust, parseCrl, type Trust } from '@docaxis/pki'
import {
  type Authority,
  type AuthorityWish,
  type CertificateWish,
  createAuthority,
  type Identity,
} from '@docaxis/pki/authority'

/** The moment of every test: a Tuesday, 05:00 UTC, noon in Vietnam. */
export const noon = new Date('2030-01-15T05:00:00Z')

const dayMs = 86_400_000

/** A moment so many days after `noon`; negative before. */
export function daysFromNoon(days: number): Date {
  return new Date(noon.getTime() + days * dayMs)
}

export interface TestAuthority extends Authority {
  /** A seal for an agency, RSA unless asked otherwise, valid from a year before noon to a year after it. */
  readonly seal: (agencyCode: string, changes?: Partial<CertificateWish>) => Promise<Identity>
  /** A delegated OCSP responder (RFC 6960 section 4.2.2.2) that need not be checked itself; valid as long as the CA. */
  readonly ocspSigner: (changes?: Partial<CertificateWish>) => Promise<Identity>
  /** A time-stamping unit (RFC 3161 section 2.3), valid as long as the CA. */
  readonly timeStamper: (changes?: Partial<CertificateWish>) => Promise<Identity>
  /** A list made one hour before noon, good for a day, with these certificates on it. */
  readonly list: (revoked?: readonly Identity[], at?: Date) => Crl
  /** This authority as the only anchor, with its list. */
  readonly trust: (revoked?: readonly Identity[]) => Trust
}

/** A certificate authority whose dates are relative to `noon`: valid from five years before to five years after. */
export async function testAuthority(changes: Partial<AuthorityWish> = {}): Promise<TestAuthority> {
  const wish = { name: 'Test CA', notBefore: daysFromNoon(-1826), notAfter: daysFromNoon(1826) }
  return withShortcuts(await createAuthority({ ...wish, keyType: 'ec', ...changes }))
}

function withShortcuts(authority: Authority): TestAuthority {
  const seal: TestAuthority['seal'] = (agencyCode, changes = {}) =>
    authority.issueIdentity({
      subject: { commonName: `Seal of ${agencyCode}`, organization: agencyCode, country: 'VN' },
      keyType: 'rsa',
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      notBefore: daysFromNoon(-365),
      notAfter: daysFromNoon(365),
      ...changes,
    })
  const list: TestAuthority['list'] = (revoked = [], at = daysFromNoon(-1)) => {
    const entries = revoked.map(({ certificate }) => ({
      serial: certificate.serial,
      at,
      reason: 'superseded' as const,
    }))
    const times = { thisUpdate: daysFromNoon(-1 / 24), nextUpdate: daysFromNoon(23 / 24) }
    return parseCrl(authority.crl({ ...times, revoked: entries, number: 1 }))
  }
  const trust: TestAuthority['trust'] = revoked =>
    createTrust({ anchors: [authority.certificate], crls: [list(revoked)] })
  return { ...authority, seal, list, trust, ...serviceSigners(authority) }
}

const purposes = { ocspSigning: '1.3.6.1.5.5.7.3.9', timeStamping: '1.3.6.1.5.5.7.3.8' }
const noCheck = { id: '1.3.6.1.5.5.7.48.1.5', critical: false, value: Buffer.of(0x05, 0x00) }

function serviceSigners({ issueIdentity }: Authority): Pick<TestAuthority, 'ocspSigner' | 'timeStamper'> {
  // openssl answers by the clock of the machine, years before noon.
  const dates = { notBefore: daysFromNoon(-1826), notAfter: daysFromNoon(1826) }
  const wish = { keyType: 'ec', keyUsage: ['digitalSignature'], ...dates } as const
  return {
    ocspSigner: changes => {
      const profile = { extendedKeyUsage: [purposes.ocspSigning], extensions: [noCheck] }
      return issueIdentity({ ...wish, subject: { commonName: 'Test OCSP responder' }, ...profile, ...changes })
    },
    timeStamper: changes => {
      const profile = { extendedKeyUsage: [purposes.timeStamping] }
      return issueIdentity({ ...wish, subject: { commonName: 'Test time-stamping unit' }, ...profile, ...changes })
    },
  }
}

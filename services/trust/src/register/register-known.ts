import { accessPointsOf, type Certificate, parseCertificate, type Trust } from '@docaxis/pki'
import {
  addOcspSubjects,
  addSources,
  type Database,
  dropOcspOfUnbound,
  heldCertificates,
  listAuthorities,
  listSources,
  type NewSource,
  registerAuthority,
  retireOtherAnchors,
} from '@docaxis/store'
import { issuerOf } from './issuer-of.ts'

/**
 * Takes up what is to be asked for: every anchor as an authority, the addresses that authorities and registered
 * certificates name, and the certificates whose status a responder is asked for. Only these addresses and those of an
 * operator are ever called (V48).
 *
 * Certificates that it has seen are not read again until the authorities or their addresses change.
 */
export function createRegister(database: Database): (trust: Trust) => Promise<void> {
  let seen = { under: '', lastId: '0' }

  return async trust => {
    const authorities = await registerAuthorities(database, trust)
    const under = await addressesOf(database, authorities)
    if (seen.under !== under) seen = { under, lastId: '0' }
    for await (const page of heldCertificates(database, seen.lastId)) {
      await takeUpCertificates(
        database,
        page.map(({ der }) => parseCertificate(der)),
        authorities,
      )
      seen = { ...seen, lastId: page.at(-1)?.id ?? seen.lastId }
    }
    await dropOcspOfUnbound(database)
  }
}

async function registerAuthorities(database: Database, trust: Trust): Promise<readonly Certificate[]> {
  const anchors = trust.anchors.map(({ certificate }) => certificate)
  for (const { sha256, der, subject, notAfter } of anchors) {
    await registerAuthority(database, { sha256, der, subject: subject.text, notAfter, intermediate: false })
  }
  await retireOtherAnchors(
    database,
    anchors.map(({ sha256 }) => sha256),
  )
  const authorities = (await listAuthorities(database)).map(({ der }) => parseCertificate(der))
  await addSources(
    database,
    authorities.flatMap(authority => sourcesOf(authority, authorities)),
  )
  return authorities
}

/** What a certificate's treatment depends on, as text to compare. */
async function addressesOf(database: Database, authorities: readonly Certificate[]): Promise<string> {
  const responders = (await listSources(database)).filter(
    ({ kind, givenBy }) => kind === 'ocsp' && givenBy === 'operator',
  )
  return [...authorities.map(({ sha256 }) => sha256), ...responders.map(({ id }) => id)].join(' ')
}

async function takeUpCertificates(
  database: Database,
  certificates: readonly Certificate[],
  authorities: readonly Certificate[],
): Promise<void> {
  await addSources(
    database,
    certificates.flatMap(certificate => sourcesOf(certificate, authorities)),
  )
  const answered = new Set(
    (await listSources(database)).filter(({ kind }) => kind === 'ocsp').map(source => source.authority),
  )
  const subjects = certificates.flatMap(certificate => {
    const issuer = issuerOf(certificate, authorities)
    return issuer && answered.has(issuer.sha256) ? [{ certificate: certificate.sha256, authority: issuer.sha256 }] : []
  })
  await addOcspSubjects(database, subjects)
}

/** Addresses that a certificate names, under the authority that issued it. */
function sourcesOf(certificate: Certificate, authorities: readonly Certificate[]): NewSource[] {
  const issuer = issuerOf(certificate, authorities)
  if (!issuer) return []
  const { crls, ocsp } = accessPointsOf(certificate)
  const source = (kind: NewSource['kind']) => (url: string) =>
    ({ authority: issuer.sha256, kind, url, givenBy: 'certificate' }) as const
  return [...crls.map(source('crl')), ...ocsp.map(source('ocsp'))]
}

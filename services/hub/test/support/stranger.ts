import { createAuthority } from '@docaxis/pki/authority'

const dayMs = 86_400_000

/** Certificates that are right in every way, of an authority that the hub has never heard of. */
export async function strangersCertificates(): Promise<{ readonly authority: Buffer; readonly seal: Buffer }> {
  const now = Date.now()
  const days = { notBefore: new Date(now - dayMs), notAfter: new Date(now + dayMs) }
  const authority = await createAuthority({ name: 'Một CA xa lạ', keyType: 'ec', ...days })
  const seal = await authority.issueIdentity({
    subject: { commonName: 'Cơ quan lạ', organization: 'X01', country: 'VN' },
    keyType: 'ec',
    keyUsage: ['digitalSignature', 'nonRepudiation'],
    ...days,
  })
  return { authority: authority.certificate.der, seal: seal.certificate.der }
}

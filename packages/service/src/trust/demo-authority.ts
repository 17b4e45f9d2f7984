import type { Certificate } from '@docaxis/pki'

/** Common name by which a hub that is no demo knows, and refuses, the authority of a demo: its key lies open. */
export const demoAuthorityName = 'docaxis demo authority'

export function isDemoAuthority({ subject }: Pick<Certificate, 'subject'>): boolean {
  return subject.attributes.some(({ type, value }) => type === 'CN' && value === demoAuthorityName)
}

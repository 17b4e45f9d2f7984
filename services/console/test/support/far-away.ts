import { bindCertificate } from '@docaxis/store'
import { takeTrafficTurn } from '@docaxis/store/console'
import { acceptDocument, daysFromNoon, testAuthority } from '@docaxis/testkit'
import { signedIn, type TestConsole } from './test-console.ts'

/** Something of everything in a province that most people of a test do not see, H98. */
export interface Far {
  /** Of the account, and of a request about trust, which is none. */
  readonly ids: { readonly account: string; readonly request: string }
  /** What only an answer that shows it can hold; an id may be what the caller asked for, or what the log says was asked. */
  readonly marks: readonly string[]
}

export async function farAway(hub: TestConsole): Promise<Far> {
  const clerk = await signedIn(hub, { login: 'far-clerk', scope: { subtrees: ['H98'] }, agencies: ['H98'] })
  // Leaves a row in the audit log.
  await clerk.get('/audit')
  await sealOf(hub, 'H98')
  const receivers = [{ written: 'K01', resolved: 'K01', level: 'commune' }] as const
  await acceptDocument(hub.database, { sender: 'H98', receivers })
  await takeTrafficTurn(hub.database)
  return { ids: { account: clerk.accountId, request: '0'.repeat(24) }, marks: [clerk.login, 'Agency H98'] }
}

/** One that ends soon, and so needs attention. */
async function sealOf({ database }: TestConsole, code: string): Promise<void> {
  const authority = await testAuthority({ name: 'Far CA' })
  const { certificate } = await authority.seal(code, { keyType: 'ec', notAfter: daysFromNoon(20) })
  const { subject, issuer } = certificate
  await bindCertificate(database, code, { ...certificate, subject: subject.text, issuer: issuer.text })
}

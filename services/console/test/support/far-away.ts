import { bindCertificate, insertDeliveries, newHubId, releaseDeliveries } from '@docaxis/store'
import { askBreakGlass, emptyScope, saveFilter, takeSearchTurn, takeTrafficTurn } from '@docaxis/store/console'
import { acceptDocument, daysFromNoon, testAuthority } from '@docaxis/testkit'
import { signedIn, type TestConsole } from './test-console.ts'

/** Something of everything in a province that most people of a test do not see, H98. */
export interface Far {
  /** A request to open content is decided once, so each is another. */
  id(of: FarObject): Promise<string>
  /** What only an answer that shows it can hold; an id may be what the caller asked for, or what the log says was asked. */
  readonly marks: readonly string[]
}

/** `request` is one about trust, which is none. */
export type FarObject = 'account' | 'request' | 'document' | 'opening' | 'delivery' | 'position' | 'filter'

const reason = 'because of the far province'
const everything = { ...emptyScope, everything: true }

export async function farAway(hub: TestConsole): Promise<Far> {
  const { database } = hub
  const clerk = await signedIn(hub, { login: 'far-clerk', scope: { subtrees: ['H98'] }, agencies: ['H98'] })
  const { accountId } = clerk
  // Leaves a row in the audit log.
  await clerk.get('/audit')
  await sealOf(hub, 'H98')
  const receivers = [{ written: 'K01', resolved: 'K01', level: 'commune' }] as const
  const documentId = await acceptDocument(database, { sender: 'H98', receivers })
  const delivery = await deliver(hub, documentId)
  await takeTrafficTurn(database)
  await takeSearchTurn(database)
  const filter = await saveFilter(database, accountId, { name: 'far', query: '?q=far' })
  const opening = () => askBreakGlass(database, { documentId, accountId, reason, scope: everything })
  await opening()
  const ids = {
    account: accountId,
    request: '0'.repeat(24),
    document: documentId,
    delivery,
    position: '0',
    filter: filter.id,
  }
  return {
    id: async of => (of === 'opening' ? opening() : ids[of]),
    marks: [clerk.login, 'Agency H98', reason],
  }
}

async function deliver({ database }: TestConsole, documentId: string): Promise<string> {
  const id = newHubId()
  const delivery = { id, documentId, kind: 'document', receiver: 'K01', receiverWritten: 'K01' } as const
  await database.transaction(async tx => {
    await insertDeliveries(tx, [{ ...delivery, level: 'commune', priority: 0 }])
    await releaseDeliveries(tx, [id])
  })
  return id
}

/** One that ends soon, and so needs attention. */
async function sealOf({ database }: TestConsole, code: string): Promise<void> {
  const authority = await testAuthority({ name: 'Far CA' })
  const { certificate } = await authority.seal(code, { keyType: 'ec', notAfter: daysFromNoon(20) })
  const { subject, issuer } = certificate
  await bindCertificate(database, code, { ...certificate, subject: subject.text, issuer: issuer.text })
}

import {
  addMandate,
  applyReform,
  askDirectory,
  bindCertificate,
  bindSystemAgency,
  createSystem,
  insertDeliveries,
  issueToken,
  newHubId,
  putRegisterTotals,
  putWorkingHours,
  releaseDeliveries,
} from '@docaxis/store'
import {
  askBreakGlass,
  emptyScope,
  saveFilter,
  takeReportTurn,
  takeSearchTurn,
  takeTrafficTurn,
} from '@docaxis/store/console'
import { acceptDocument, daysFromNoon, type TestAuthority, testAuthority } from '@docaxis/testkit'
import { type FarAlert, farAlert, farAlertMark } from './far-alerts.ts'
import { signedIn, type TestConsole } from './test-console.ts'

/** Something of everything in a province that most people of a test do not see, H98. */
export interface Far {
  /** A request to open content is decided once, and what is withdrawn is gone, so each of these is another. */
  id(of: FarObject): Promise<string>
  /** What only an answer that shows it can hold; an id may be what the caller asked for, or what the log says was asked. */
  readonly marks: readonly string[]
}

/** `request` is one about trust, which is none. */
export type FarObject =
  | FarAlert
  | 'account'
  | 'agency'
  | 'certificate'
  | 'credential'
  | 'delivery'
  | 'document'
  | 'filter'
  | 'mandate'
  | 'month'
  | 'opening'
  | 'position'
  | 'request'
  | 'system'
  | 'reform'
  | 'template'
  | 'wish'

const reason = 'because of the far province'
const everything = { ...emptyScope, everything: true }

export async function farAway(hub: TestConsole): Promise<Far> {
  const { database } = hub
  const clerk = await signedIn(hub, { login: 'far-clerk', scope: { subtrees: ['H98'] }, agencies: ['H98'] })
  const { accountId } = clerk
  // Leaves a row in the audit log.
  await clerk.get('/audit')
  const otherSeal = await sealsOf(hub)
  await createSystem(database, { id: 'far-system', name: 'Far system' })
  await bindSystemAgency(database, 'far-system', 'H98')
  const receivers = [{ written: 'K01', resolved: 'K01', level: 'commune' }] as const
  const documentId = await acceptDocument(database, { sender: 'H98', receivers })
  const delivery = await deliver(hub, documentId)
  await takeTrafficTurn(database)
  await takeSearchTurn(database)
  await takeReportTurn(database)
  const total = { agency: 'H98', month: '2026-10', outgoing: 9, incoming: null }
  const origin = { source: 'form', enteredBy: `user:${clerk.login}` } as const
  await database.transaction(tx => putRegisterTotals(tx, [total], origin))
  await database.transaction(tx => putWorkingHours(tx, 'H98', 'Mo-Fr 08:00-12:00'))
  const filter = await saveFilter(database, accountId, { name: 'far', query: '?q=far' })
  const opening = () => askBreakGlass(database, { documentId, accountId, reason, scope: everything })
  await opening()
  await farAlert(hub, 'alert-message')
  await farAlert(hub, 'alert-rule')
  const wish = () => askFor(hub, 'H98')
  await wish()
  const ids = {
    system: 'far-system',
    reform: await reformOf(hub, 'H98'),
    template: 'agencies.csv',
    account: accountId,
    request: '0'.repeat(24),
    document: documentId,
    delivery,
    position: '0',
    filter: filter.id,
    agency: total.agency,
    month: total.month,
  }
  return {
    id: async of => {
      if (of === 'opening') return opening()
      if (of === 'wish') return wish()
      if (of === 'certificate') return otherSeal()
      if (of === 'mandate') return mandateOf(hub)
      if (of === 'credential') return (await issueToken(database, 'far-system')).tokenId
      return of in ids ? ids[of as keyof typeof ids] : farAlert(hub, of as FarAlert)
    },
    marks: [clerk.login, 'Agency H98', reason, farAlertMark],
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

/** A wish that waits; once it is decided, another. */
async function askFor({ database }: TestConsole, code: string): Promise<string> {
  const asked = {
    systemId: 'far-system',
    kind: 'change',
    agencyCode: code,
    wish: { name: `Agency ${code} mới` },
  } as const
  return (await database.transaction(tx => askDirectory(tx, asked))).id
}

async function reformOf({ database }: TestConsole, code: string): Promise<string> {
  const changes = [{ do: 'rename', code, name: `Agency ${code} khác` }]
  const title = `Agency ${code} đổi tên`
  const file = { format: 'docaxis-reform-1', name: 'far-reform', title, effectiveOn: '2999-01-01', changes }
  const bytes = Buffer.from(JSON.stringify(file))
  return (await database.transaction(tx => applyReform(tx, bytes, { by: 'system:far' }))).id
}

/** One that ends soon, and so needs attention; and another, which is bound again where it was withdrawn. */
async function sealsOf({ database }: TestConsole): Promise<() => Promise<string>> {
  const authority = await testAuthority({ name: 'Far CA' })
  const [kept, other] = [await sealBy(authority), await sealBy(authority)]
  await bindCertificate(database, 'H98', kept)
  return async () => {
    await bindCertificate(database, 'H98', other)
    return other.sha256
  }
}

async function sealBy(authority: TestAuthority) {
  const { certificate } = await authority.seal('H98', { keyType: 'ec', notAfter: daysFromNoon(20) })
  return { ...certificate, subject: certificate.subject.text, issuer: certificate.issuer.text }
}

async function mandateOf({ database }: TestConsole): Promise<string> {
  const parties = { principal: 'H98', holder: 'G99', kind: 'seal' } as const
  return (await addMandate(database, { ...parties, validFrom: daysFromNoon(-1) })).id
}

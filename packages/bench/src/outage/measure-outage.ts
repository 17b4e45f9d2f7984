import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAuthority, pathExtensions } from '@docaxis/pki/authority'
import { testFileServer } from '@docaxis/testkit'
import { openApi } from '../load/api.ts'
import { agencyOf } from '../load/country.ts'
import { type Sealer, sealedDocument } from '../load/documents.ts'
import { pause } from '../processes.ts'
import { sendAll } from './send-all.ts'
import { type DemoHub, withHub } from './with-hub.ts'

export interface OutageRun {
  /** Of the authority whose list server is well or hangs. */
  readonly authority: 'answers' | 'hangs'
  /** Documents per second of senders of another authority, accepted. */
  readonly othersPerSecond: number
  /** How the documents of its own senders were answered meanwhile, by HTTP status. */
  readonly own: Readonly<Record<number, number>>
}

const hourMs = 3_600_000
const life = () => ({ notBefore: new Date(Date.now() - hourMs), notAfter: new Date(Date.now() + 24 * hourMs) })
const [others, own] = ['G99', 'H99'] as const
const warmUp = 300
/** Senders of the authority in trouble go on offering the same load, whatever they are told. */
const ownConnections = 4
const ownPauseMs = 50

/** The same load on a new hub twice: the list server of one of two authorities answers, and hangs from the start. */
export async function measureOutage(documents: number, concurrency: number): Promise<readonly [OutageRun, OutageRun]> {
  return [await measure('answers', documents, concurrency), await measure('hangs', documents, concurrency)]
}

async function measure(authority: OutageRun['authority'], documents: number, concurrency: number): Promise<OutageRun> {
  const ca = await createAuthority({ name: `CA that ${authority}`, keyType: 'ec', ...life() })
  const { notBefore: thisUpdate, notAfter: nextUpdate } = life()
  const server = await testFileServer({ '/ca.crl': ca.crl({ thisUpdate, nextUpdate, revoked: [], number: 1 }) })
  if (authority === 'hangs') server.trouble = 'slow'
  try {
    return await withHub({ DOCAXIS_TRUST_INSIDE_HOSTS: '127.0.0.1' }, async hub => {
      const sealer = await useAuthority(hub, ca, `${server.url}/ca.crl`)
      // The hub takes up new authorities every half minute.
      while (server.visits.length === 0) await pause(200)
      return { authority, ...(await sendBoth(hub, sealer, authority === 'answers', { documents, concurrency })) }
    })
  } finally {
    await server.close()
  }
}

/** The operator trusts the authority, and binds a seal of it to the agency; the seal says where its list is. */
async function useAuthority(
  hub: DemoHub,
  ca: Awaited<ReturnType<typeof createAuthority>>,
  list: string,
): Promise<Sealer> {
  const { code, name } = agencyOf(hub.country, own)
  const subject = { commonName: name, organization: name, country: 'VN' }
  const keyUsage = ['digitalSignature', 'nonRepudiation'] as const
  const extensions = [pathExtensions.distributionPoints({ names: [{ uri: list }] })]
  const seal = await ca.issueIdentity({ subject, keyUsage, keyType: 'rsa', extensions, ...life() })
  await writeFile(join(hub.folder, 'ca.pem'), ca.certificatePem)
  await writeFile(join(hub.folder, 'seal.pem'), seal.certificatePem)
  await hub.operate('trust', 'anchor', 'add', 'ca.pem', '--for', 'seal')
  await hub.operate('trust', 'certificate', 'bind', code, 'seal.pem')
  return { code, name, key: seal.privateKey, certificatePem: seal.certificatePem }
}

async function sendBoth(
  hub: DemoHub,
  sealer: Sealer,
  untilAccepted: boolean,
  load: { readonly documents: number; readonly concurrency: number },
): Promise<Omit<OutageRun, 'authority'>> {
  const receivers = [agencyOf(hub.country, 'H99.32')]
  const make = (from: Sealer) => (index: number) =>
    sealedDocument(from, { documentId: `outage-${from.code}-${index}`, receivers, bytes: 10_000 })
  const [ofOthers, ofOwn] = [make(agencyOf(hub.country, others)), make(sealer)]
  const envelopes = Array.from({ length: warmUp + load.documents }, (_, index) => ofOthers(index))
  const api = openApi(hub.url, agencyOf(hub.country, others).token, load.concurrency)
  const ownApi = openApi(hub.url, agencyOf(hub.country, own).token, ownConnections)
  const statuses: Record<number, number> = {}
  let ownIndex = 0
  const sendOwn = async () => {
    ownIndex += 1
    const { status } = await ownApi.send(ofOwn(ownIndex))
    statuses[status] = (statuses[status] ?? 0) + 1
    return status
  }
  try {
    // Where the list can be had, its senders are accepted soon after.
    while (untilAccepted && (await sendOwn()) !== 202) await pause(500)
    await sendAll(api, envelopes.slice(0, warmUp), load.concurrency)
    for (const status of Object.keys(statuses)) delete statuses[Number(status)]
    let isOver = false
    const offering = Array.from({ length: ownConnections }, async () => {
      while (!isOver) await Promise.all([sendOwn(), pause(ownPauseMs)])
    })
    const othersPerSecond = await sendAll(api, envelopes.slice(warmUp), load.concurrency)
    isOver = true
    await Promise.all(offering)
    return { othersPerSecond, own: statuses }
  } finally {
    await Promise.all([api.close(), ownApi.close()])
  }
}

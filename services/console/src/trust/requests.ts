import { readCertificate } from '@docaxis/service'
import { listAnchors, listTrustRequests, type TrustRequest } from '@docaxis/store'
import type { Console } from '../console.ts'

/** What one person asked for and another is to confirm. */
export interface TrustRequestView extends Pick<TrustRequest, 'id' | 'action' | 'object' | 'askedBy' | 'askedAt'> {
  /** Of the anchor; null: it is gone already. */
  readonly subject: string | null
}

export async function readRequests({ database }: Console): Promise<TrustRequestView[]> {
  const [requests, anchors] = await Promise.all([listTrustRequests(database), listAnchors(database)])
  const known = new Map(anchors.map(({ sha256, subject }) => [sha256, subject]))
  return requests.map(({ details, id, action, object, askedBy, askedAt }) => {
    const { certificate } = details
    const subject =
      typeof certificate === 'string' ? readCertificate(certificate).subject.text : (known.get(object) ?? null)
    return { id, action, object, askedBy, askedAt, subject }
  })
}

import {
  type Acceptance,
  type AgencyListing,
  type CertificateHolderRecord,
  findAcceptancesByBytes,
  findAgencies,
  findCertificateHolders,
  type HolderQuestion,
  type SentBytes,
  type Sql,
} from '@docaxis/store'
import { inBatches } from '../in-batches.ts'

/** What intake asks of every packet. Requests that ask at the same moment share a query; nothing is kept. */
export interface Lookups {
  /** What this system was told when it sent these bytes before. */
  acceptanceByBytes(systemId: string, sha256: string): Promise<Acceptance | undefined>
  /** By the codes as written; may know more agencies than were asked for. */
  agencies(codes: readonly string[]): Promise<ReadonlyMap<string, AgencyListing>>
  /** @param senderCode directory code of the agency in From */
  certificateHolder(certificateSha256: string, senderCode: string): Promise<CertificateHolderRecord | undefined>
}

/** One query of a kind is under way while the next gathers; the second is for one that takes long. */
const limits = { maxRunning: 2, maxBatch: 64 }
/** Codes in one query: those of a document to thousands of receivers are looked up by several cores of the database. */
const codesAtOnce = 3_000

export function createLookups(sql: Sql): Lookups {
  const acceptanceByBytes = inBatches({
    ...limits,
    work: (asked: readonly SentBytes[]) => findAcceptancesByBytes(sql, asked),
  })
  const agencies = inBatches({
    ...limits,
    work: async (asked: readonly (readonly string[])[]) => {
      const found = await findInSlices(sql, [...new Set(asked.flat())])
      return asked.map(() => found)
    },
  })
  const certificateHolder = inBatches({
    ...limits,
    work: (asked: readonly HolderQuestion[]) => findCertificateHolders(sql, asked),
  })
  return {
    acceptanceByBytes: (systemId, sha256) => acceptanceByBytes({ systemId, sha256 }),
    agencies,
    certificateHolder: (certificateSha256, senderCode) => certificateHolder({ certificateSha256, senderCode }),
  }
}

async function findInSlices(sql: Sql, codes: readonly string[]): Promise<ReadonlyMap<string, AgencyListing>> {
  const slices: Promise<ReadonlyMap<string, AgencyListing>>[] = []
  for (let from = 0; from < codes.length; from += codesAtOnce) {
    slices.push(findAgencies(sql, codes.slice(from, from + codesAtOnce)))
  }
  return new Map((await Promise.all(slices)).flatMap(found => [...found]))
}

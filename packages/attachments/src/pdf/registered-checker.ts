import { verificationCodes } from '@docaxis/errors'
import { type HubStandings, hubStandingsOf, withHubStandings } from '@docaxis/signature'
import { findStandings, type Sql } from '@docaxis/store'
import type { PdfCheck, PdfChecker } from './pdf-checker.ts'

/**
 * A checker that also asks the hub's own register: a signer whose certificate was suspended or revoked here is refused,
 * whatever its authority says (V45, V46).
 */
export function withRegister(sql: Sql, checker: PdfChecker): PdfChecker {
  return {
    ...checker,
    check: async (file, question) => {
      const found = await checker.check(file, question)
      const standings = await standingsOf(sql, found)
      return standings ? under(standings, found) : found
    },
  }
}

async function standingsOf(sql: Sql, { verdict }: PdfCheck): Promise<HubStandings | undefined> {
  const signers = verdict.signatures.flatMap(({ certificate }) => certificate?.sha256 ?? [])
  const standings = await findStandings(sql, signers)
  return standings.size === 0 ? undefined : hubStandingsOf(standings)
}

function under(standings: HubStandings, { verdict, evidence }: PdfCheck): PdfCheck {
  const judged = withHubStandings(verdict, standings)
  return { verdict: { ...verdict, ...judged, state: verificationCodes[judged.code].state }, evidence }
}

import { type Agency, type AgencyLookup, lifecycleState, openChoices, openSuccessor } from '@docaxis/directory'
import type { Tx } from '../../database.ts'
import type { Redirect, Redirects } from '../../deliveries/delivery-redirect.ts'
import { findAgencies } from '../agency.ts'

/**
 * Where what is under way to closed agencies goes: to the open one at the end of their successors. Without one it comes
 * back, with the choices where there are some (edXML 12.4).
 *
 * @param at an instant at which the codes are closed
 * @param ahead agencies as they will be, where they are not in the directory yet
 */
export async function findRedirects(
  tx: Tx,
  codes: readonly string[],
  at: Date,
  ahead: readonly Agency[] = [],
): Promise<Redirects> {
  const coming = new Map(ahead.map(agency => [agency.code, agency]))
  const named = [
    ...codes,
    ...ahead.flatMap(({ successor, choices = [] }) => [...choices, ...(successor ? [successor] : [])]),
  ]
  const known = await findAgencies(tx, [...new Set(named)])
  const lookup: AgencyLookup = code => {
    const agency = coming.get(code) ?? known.get(code)?.agency
    // Whether anybody fetches for it does not matter: what is under way waits.
    return agency && { agency, connection: { connected: true } }
  }
  return new Map(codes.flatMap(code => redirectOf(code, at, lookup)))
}

function redirectOf(code: string, at: Date, lookup: AgencyLookup): [string, Redirect][] {
  const agency = lookup(code)?.agency
  if (agency === undefined || lifecycleState(agency, at) !== 'closed') return []
  const successor = openSuccessor(agency, at, lookup)?.agency
  if (successor) return [[code, { to: successor.code, level: successor.level }]]
  return [[code, { reason: reasonOf(agency, openChoices(agency, at, lookup)) }]]
}

/** What the sender reads on its non-delivery receipt. */
function reasonOf({ code, name, validTo }: Agency, choices: readonly Agency[]): string {
  const closed = `M.MessageHeader.To.Closed: ${code} (${name}) đã đóng từ ${validTo}`
  if (choices.length === 0) return `${closed}, không có cơ quan kế thừa`
  const named = choices.map(choice => `${choice.code} (${choice.name})`).join(', ')
  return `${closed}, không có một cơ quan kế thừa duy nhất; hãy chọn nơi nhận rồi gửi lại: ${named}`
}

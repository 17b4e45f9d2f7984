import { recordAudit } from '@docaxis/store'
import { type Account, beginSession, endSession } from '@docaxis/store/console'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../access/person.ts'
import { sessionToken, setSessionCookie } from '../access/session-cookie.ts'
import type { Console } from '../console.ts'

/** Signs somebody in who has been proved: always a new token, and the one that the browser came with is good no more. */
export async function openSession(
  { database }: Pick<Console, 'database'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { account, via }: { readonly account: Account; readonly via: 'password' | 'oidc' },
): Promise<void> {
  const before = sessionToken(request)
  const token = await database.transaction(async tx => {
    if (before !== undefined) await endSession(tx, before)
    await recordAudit(tx, { actor: actorOf(account), action: 'console.sign-in', outcome: 'done', details: { via } })
    return beginSession(tx, account.id)
  })
  setSessionCookie(request, reply, token)
}

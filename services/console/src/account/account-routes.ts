import { HubError } from '@docaxis/errors'
import { recordAudit, type SecretBox } from '@docaxis/store'
import { giveTryBack, hashPassword, isPassword, setPassword, setTotp, takeTry } from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { actorOf, everyRole } from '../access/person.ts'
import type { Console } from '../console.ts'
import { openSession } from '../sign-in/open-session.ts'
import { newTotpSecret, openTotpSecret, sealTotpSecret, totpSetup, totpStepOf } from '../sign-in/totp.ts'

const anyPassword = Type.String({ minLength: 1, maxLength: 1000 })
/** Length is what counts; rules about signs only make people write passwords down (NIST SP 800-63B). */
export const newPassword = Type.String({ minLength: 12, maxLength: 1000 })
const code = Type.String({ pattern: '^\\d{6}$' })

/** What people change of their own account. Each change asks for the password again. */
export const accountRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database, secretBox, now } = console
  const config = { may: everyRole, withGivenPassword: true }

  app.put(
    '/account/password',
    { config, schema: { body: Type.Object({ password: anyPassword, wanted: newPassword }) } },
    async (request, reply) => {
      const { password, wanted } = request.body
      await proveAgain(request, password)
      const hash = await hashPassword(wanted)
      const account = await database.transaction(async tx => {
        await recordAudit(tx, done(request, 'account.password'))
        return setPassword(tx, request.person.accountId, hash, false)
      })
      // Every other browser is signed out; this one goes on with a new session.
      await openSession(console, request, reply, { account, via: 'password' })
      return reply.code(204).send()
    },
  )

  app.post('/account/totp', { config, schema: { body: Type.Object({ password: anyPassword }) } }, async request => {
    await proveAgain(request, request.body.password)
    const { accountId, login } = request.person
    const secret = newTotpSecret()
    const sealed = sealTotpSecret(await secretBox(), secret, accountId)
    return { ...totpSetup(secret, login), sealed: sealed.toString('base64url') }
  })

  app.put(
    '/account/totp',
    { config, schema: { body: Type.Object({ sealed: Type.String({ maxLength: 200 }), code }) } },
    async (request, reply) => {
      const { accountId } = request.person
      const sealed = Buffer.from(request.body.sealed, 'base64url')
      const step = totpStepOf(opened(await secretBox(), sealed, accountId), request.body.code, now())
      if (step === undefined) throw new HubError('STATE_CONFLICT', 'the code does not belong to this secret')
      await database.transaction(async tx => {
        await setTotp(tx, accountId, { sealed, step })
        await recordAudit(tx, done(request, 'account.totp-on'))
      })
      return reply.code(204).send()
    },
  )

  app.delete(
    '/account/totp',
    { config, schema: { body: Type.Object({ password: anyPassword }) } },
    async (request, reply) => {
      await proveAgain(request, request.body.password)
      await database.transaction(async tx => {
        await setTotp(tx, request.person.accountId, undefined)
        await recordAudit(tx, done(request, 'account.totp-off'))
      })
      return reply.code(204).send()
    },
  )

  /** Whoever finds a browser signed in cannot take the account over. Wrong tries count as at the sign-in. */
  async function proveAgain({ person }: FastifyRequest, password: string): Promise<void> {
    const taken = await takeTry(database, person.login)
    const right = await isPassword(password, taken?.passwordHash)
    if (!taken || !right)
      throw new HubError('FORBIDDEN', 'the password is not right', { details: { what: 'password' } })
    await giveTryBack(database, person.accountId)
  }
}

function opened(box: SecretBox, sealed: Buffer, accountId: string): Buffer {
  try {
    return openTotpSecret(box, sealed, accountId)
  } catch (cause) {
    throw new HubError('REQUEST_INVALID', 'this is no secret that was given to this account', { cause })
  }
}

function done({ person }: FastifyRequest, action: string) {
  return { actor: actorOf(person), action, object: person.login, outcome: 'done' }
}

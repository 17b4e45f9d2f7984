import type { AddressInfo } from 'node:net'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface ReceivedMail {
  readonly mail: ParsedMail
  /** As it came. */
  readonly bytes: Buffer
  readonly recipients: readonly string[]
  /** Who signed in; absent: nobody. */
  readonly user: string | undefined
  /** Whether it came over TLS. */
  readonly secure: boolean
}

/** A real mail server on a free port of this machine, for one test file. */
export interface MailServer {
  readonly port: number
  readonly received: ReceivedMail[]
  close(): Promise<void>
}

export interface MailServerOptions extends Pick<SMTPServerOptions, 'key' | 'cert' | 'secure'> {
  /** The only ones who may send; absent: everybody. */
  readonly user?: { readonly name: string; readonly password: string }
  /** Why a recipient is not taken; undefined: it is. */
  readonly refuse?: (recipient: string) => string | undefined
}

/** Without a key it knows no TLS. */
export async function testMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { user, refuse, ...tls } = options
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    ...tls,
    authOptional: user === undefined,
    disabledCommands: tls.key === undefined ? ['STARTTLS'] : [],
    allowInsecureAuth: false,
    onAuth({ username, password }, _session, done) {
      const known = username === user?.name && password === user?.password
      done(known ? null : new Error('535 wrong name or password'), known ? { user: username } : undefined)
    },
    onRcptTo({ address }, _session, done) {
      const why = refuse?.(address)
      done(why === undefined ? null : Object.assign(new Error(why), { responseCode: 550 }))
    },
    async onData(stream, session, done) {
      const bytes = Buffer.concat(await stream.toArray())
      received.push({
        mail: await simpleParser(bytes),
        bytes,
        recipients: session.envelope.rcptTo.map(({ address }) => address),
        user: session.user as string | undefined,
        secure: session.secure,
      })
      done()
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

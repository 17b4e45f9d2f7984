import { FetchFault, isMailAddress, outsideAddresses, resolveByDns } from '@docaxis/outbound'
import type { ClaimedAlert, MailConnection, MailTarget } from '@docaxis/store/console'
import { createTransport } from 'nodemailer'
import { oneLine } from './one-line.ts'
import type { AlertSendOptions } from './send-alert.ts'

/** A server that says more in one answer has something else in mind. */
const longestResponse = 64 * 1024
const longestTitle = 200

/**
 * Hands one mail to its server. The name is looked up here and the connection made to what was looked up, since a mail
 * server that somebody named may be anything.
 *
 * @returns what the server said
 * @throws FetchFault when the name leads inside or nowhere; what nodemailer throws when the server refuses
 */
export async function sendMail(
  options: AlertSendOptions,
  connection: MailConnection,
  target: MailTarget,
  message: ClaimedAlert,
  signal: AbortSignal,
): Promise<string> {
  const { host, port, security, user, password } = connection
  const { insideHosts, plainHosts, resolve = resolveByDns, ca } = options
  if (security === 'none' && !plainHosts.includes(host)) throw new FetchFault(`${host} may be reached over TLS only`)
  const foul = [target.from, ...target.to].find(one => !isMailAddress(one))
  if (foul !== undefined) throw new FetchFault(`${foul} is no mail address`)
  const [address] = await outsideAddresses(host, { resolve, insideHosts })
  if (!address) throw new FetchFault(`${host} has no address`)
  const transport = createTransport({
    host: address.address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { servername: host, ...(ca && { ca: [...ca] }) },
    ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
    maxResponseSize: longestResponse,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const { title, text, urgent, id } = message
    const { response, rejected } = await transport.sendMail({
      from: target.from,
      to: [...target.to],
      subject: oneLine(title, longestTitle),
      text,
      // The same at every try, so that a mailbox can know a repeat.
      messageId: `<${id}@${target.from.split('@').at(-1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated', ...(urgent && { Importance: 'high' }) },
      signal,
    })
    return rejected.length === 0 ? response : `${response}; not taken for ${rejected.map(String).join(', ')}`
  } catch (error) {
    const said = (error as { readonly response?: unknown }).response
    throw typeof said === 'string' ? new FetchFault(`refused: ${said}`, error) : error
  } finally {
    transport.close()
  }
}

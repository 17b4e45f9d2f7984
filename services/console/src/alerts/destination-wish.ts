import { type AddressRules, FetchFault, isMailAddress, templateFault, webhookAddress } from '@docaxis/outbound'
import type { AlertConnection, AlertTarget, MailConnection, WebhookConnection } from '@docaxis/store/console'
import { Type } from 'typebox'
import { invalid } from './invalid.ts'

const line = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** As the page asks for it; that its parts fit together is judged below. */
export const destinationWish = Type.Object({
  name: line(100),
  target: Type.Union([
    Type.Object({
      kind: Type.Literal('mail'),
      from: line(320),
      to: Type.Array(line(320), { minItems: 1, maxItems: 20 }),
    }),
    Type.Object({
      kind: Type.Literal('webhook'),
      method: Type.Enum(['GET', 'POST']),
      type: Type.Enum(['json', 'form', 'text']),
      template: Type.String({ maxLength: 8_000 }),
    }),
  ]),
  connection: Type.Optional(
    Type.Union([
      Type.Object({
        kind: Type.Literal('mail'),
        host: line(253),
        port: Type.Integer({ minimum: 1, maximum: 65_535 }),
        security: Type.Enum(['tls', 'starttls', 'none']),
        user: Type.Optional(line(320)),
        password: Type.Optional(line(1_000)),
      }),
      Type.Object({
        kind: Type.Literal('webhook'),
        url: line(2_000),
        headers: Type.Record(Type.String(), Type.String({ maxLength: 2_000 })),
        secret: Type.Optional(line(1_000)),
      }),
    ]),
  ),
})

/** @throws HubError `REQUEST_INVALID` with the first fault */
export function requireTarget(target: AlertTarget): void {
  if (target.kind === 'mail') {
    const foul = [target.from, ...target.to].find(address => !isMailAddress(address))
    if (foul !== undefined) {
      throw invalid('to', `“${foul}” không phải là một địa chỉ thư.`, `“${foul}” is no mail address.`)
    }
    return
  }
  const fault = templateFault(target.template, target.type)
  if (fault !== undefined) {
    throw invalid('template', `Mẫu tin chưa dùng được: ${fault}.`, `The template cannot be used: ${fault}.`)
  }
}

/** @throws HubError `REQUEST_INVALID`: it leads where the hub calls nobody */
export function requireConnection(connection: AlertConnection, kind: AlertTarget['kind'], rules: AddressRules): void {
  if (connection.kind !== kind)
    throw invalid('connection', 'Kết nối thuộc loại khác.', 'The connection is of another kind.')
  if (connection.kind === 'mail') requireMail(connection, rules)
  else requireWebhook(connection, rules)
}

const hostName = /^[a-z0-9.:-]+$/i

function requireMail({ host, security, user, password }: MailConnection, rules: AddressRules): void {
  if (!hostName.test(host))
    throw invalid('host', 'Tên máy chủ thư không đúng.', 'The name of the mail server is wrong.')
  requireAddress(`${security === 'none' ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}/`, rules)
  if ((user === undefined) !== (password === undefined)) {
    throw invalid('password', 'Tên và mật khẩu phải đi cùng nhau.', 'A name and a password go together.')
  }
  if (security === 'none' && password !== undefined) {
    throw invalid('security', 'Mật khẩu không gửi qua kết nối không mã hóa.', 'No password goes without encryption.')
  }
}

/** The host is fixed: places stand behind it only. */
const fixedHost = /^https?:\/\/[^/?#{}]+([/?#]|$)/
const token = /^[\w!#$%&'*+.^`|~-]{1,64}$/
const printable = /^[\x20-\x7e]{1,2000}$/
/** What the connection itself says. */
const ownHeaders =
  /^(host|connection|content-length|content-type|expect|idempotency-key|keep-alive|te|trailer|transfer-encoding|upgrade|proxy-.*)$/i

function requireWebhook({ url, headers }: WebhookConnection, rules: AddressRules): void {
  const fault = templateFault(url, 'text')
  if (fault !== undefined || !fixedHost.test(url)) {
    throw invalid(
      'url',
      'Địa chỉ không đúng: phải bắt đầu bằng https:// và một tên máy cố định.',
      'The address is wrong: it begins with https:// and a fixed host.',
    )
  }
  requireAddress(url.replaceAll(/[{}]/g, ''), rules)
  for (const [name, value] of Object.entries(headers)) {
    if (!token.test(name) || ownHeaders.test(name) || !printable.test(value)) {
      throw invalid('headers', 'Có tiêu đề HTTP không dùng được.', 'A header cannot be used.')
    }
  }
}

function requireAddress(url: string, rules: AddressRules): void {
  try {
    webhookAddress(url, rules)
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error
    throw invalid(
      'url',
      `Trục không gọi tới địa chỉ này (${error.message}).`,
      `The hub does not call this address (${error.message}).`,
    )
  }
}

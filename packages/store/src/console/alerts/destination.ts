import { HubError } from '@docaxis/errors'
import type { Sql } from '../../database.ts'
import { newHubId } from '../../documents/hub-id.ts'
import type { SecretBox } from '../../vxp/secret-box.ts'

/** How a mail server is reached; kept encrypted and never shown again. */
export interface MailConnection {
  readonly kind: 'mail'
  readonly host: string
  readonly port: number
  /** `none` only to hosts that an operator of the hub lists. */
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user?: string
  readonly password?: string
}

/** The address of a webhook, which is often a secret itself, and what proves that it is the hub that calls. */
export interface WebhookConnection {
  readonly kind: 'webhook'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** For `{{secret}}` of the template. */
  readonly secret?: string
}

export type AlertConnection = MailConnection | WebhookConnection

/** What is asked for beside the connection. */
export interface MailTarget {
  readonly kind: 'mail'
  readonly from: string
  readonly to: readonly string[]
}

export interface WebhookTarget {
  readonly kind: 'webhook'
  readonly method: 'GET' | 'POST'
  readonly type: 'json' | 'form' | 'text'
  readonly template: string
}

export type AlertTarget = MailTarget | WebhookTarget

/** What of a connection may be shown. */
export interface ShownConnection {
  readonly host: string
  readonly port?: number
  readonly security?: MailConnection['security']
  /** Whether a password, a header or a secret goes with it. */
  readonly secret: boolean
}

export interface AlertDestination {
  readonly id: string
  readonly accountId: string
  readonly login: string
  readonly name: string
  readonly target: AlertTarget
  readonly connection: ShownConnection
}

export interface DestinationWish {
  readonly name: string
  readonly target: AlertTarget
  /**
   * Whole or not at all: a kept password never goes to a new address. Absent: as it is.
   */
  readonly connection?: AlertConnection
}

/** Destinations that one account may have. */
const perAccount = 20

const columns = `
  destination.id, destination.account_id as "accountId", account.login, destination.name, destination.shown`

interface Row {
  readonly id: string
  readonly accountId: string
  readonly login: string
  readonly name: string
  readonly shown: { readonly target: AlertTarget; readonly connection: ShownConnection }
}

const destinationOf = ({ shown, ...same }: Row): AlertDestination => ({ ...same, ...shown })

const listSql = `
select ${columns}
  from alert_destination as destination
  join account on account.id = destination.account_id
 where $1::text is null or destination.id = $1
 order by account.login, destination.name, destination.id`

/** Of every account; whoever asks keeps those that they may see. */
export async function listDestinations(sql: Sql): Promise<AlertDestination[]> {
  const { rows } = await sql.query<Row>(listSql, [null])
  return rows.map(destinationOf)
}

export async function findDestination(sql: Sql, id: string): Promise<AlertDestination | undefined> {
  const { rows } = await sql.query<Row>(listSql, [id])
  return rows[0] && destinationOf(rows[0])
}

const insertSql = `
insert into alert_destination (id, account_id, name, kind, shown, sealed, key_id)
select $1, $2, $3, $4, $5, $6, $7
 where (select count(*) from alert_destination where account_id = $2) < ${perAccount}
returning id`

/** @returns its id @throws HubError `STATE_CONFLICT`: the account has too many */
export async function createDestination(
  sql: Sql,
  box: SecretBox,
  accountId: string,
  { name, target, connection }: Required<DestinationWish>,
): Promise<string> {
  const id = newHubId()
  const shown = JSON.stringify({ target, connection: shownOf(connection) })
  const values = [id, accountId, name, target.kind, shown, sealedOf(box, id, connection), box.keyId]
  const { rowCount } = await sql.query(insertSql, values)
  if (rowCount === 0) throw new HubError('STATE_CONFLICT', `an account has at most ${perAccount} destinations`)
  return id
}

const changeSql = `
update alert_destination
   set name = $2, kind = $3, shown = shown || $4::jsonb, sealed = coalesce($5::bytea, sealed),
       key_id = coalesce($6::text, key_id)
 where id = $1 and (kind = $3 or $5::bytea is not null)`

/** @throws HubError `STATE_CONFLICT`: another kind needs another connection */
export async function changeDestination(
  sql: Sql,
  box: SecretBox,
  id: string,
  { name, target, connection }: DestinationWish,
): Promise<void> {
  const shown = JSON.stringify({ target, ...(connection && { connection: shownOf(connection) }) })
  const sealed = connection && sealedOf(box, id, connection)
  const values = [id, name, target.kind, shown, sealed ?? null, connection ? box.keyId : null]
  const { rowCount } = await sql.query(changeSql, values)
  if (rowCount === 0) throw new HubError('STATE_CONFLICT', 'another kind of destination needs another connection')
}

/** With what was told there. @throws HubError `STATE_CONFLICT`: rules lead there */
export async function removeDestination(sql: Sql, id: string): Promise<void> {
  const { rowCount } = await sql.query(
    'delete from alert_destination where id = $1 and not exists (select from alert_rule where destination_id = $1)',
    [id],
  )
  if (rowCount === 0) throw new HubError('STATE_CONFLICT', 'rules lead to this destination: change them first')
}

/** @throws Error when it was sealed with another key or was changed */
export function openConnection(box: SecretBox, id: string, sealed: Uint8Array): AlertConnection {
  return JSON.parse(box.open(sealed, contextOf(id)).toString()) as AlertConnection
}

function sealedOf(box: SecretBox, id: string, connection: AlertConnection): Buffer {
  return box.seal(Buffer.from(JSON.stringify(connection)), contextOf(id))
}

function contextOf(id: string): string {
  return `alert-destination\0${id}`
}

function shownOf(connection: AlertConnection): ShownConnection {
  if (connection.kind === 'webhook') {
    const secret = connection.secret !== undefined || Object.keys(connection.headers).length > 0
    return { host: new URL(connection.url).host, secret }
  }
  const { host, port, security, password } = connection
  return { host, port, security, secret: password !== undefined }
}

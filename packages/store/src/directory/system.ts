import { HubError } from '@docaxis/errors'
import { type Sql, statement } from '../database.ts'

export type SystemProfile = 'legacy' | 'strict'
export type SignaturePolicy = 'record' | 'refuse-invalid' | 'require-valid'
/** When the signatures inside attachments are checked: see packages/attachments. */
export type AttachmentPolicy = 'before-accept' | 'before-deliver' | 'record'
export type BadReceiverPolicy = 'refuse-all' | 'deliver-others'
/** `operator` may use the administration calls; it acts for no agency by that. */
export type SystemRole = 'operator'

/** How the hub treats what a system sends. */
export interface SystemSettings {
  readonly name: string
  readonly profile: SystemProfile
  readonly signaturePolicy: SignaturePolicy
  readonly statusPolicy: SignaturePolicy
  readonly attachmentPolicy: AttachmentPolicy
  readonly badReceiver: BadReceiverPolicy
  readonly roles: readonly SystemRole[]
  /** Absent: the hub's own limit. */
  readonly maxFileBytes?: number
  /** Largest packet it takes for its agencies; absent: whatever the hub takes. */
  readonly receiveMaxBytes?: number
  /** Extensions of the files it takes, without a dot; absent: any. */
  readonly receiveFileTypes?: readonly string[]
}

export interface NewSystem extends Partial<SystemSettings> {
  /** 1–64 letters, digits, `.`, `_`, `#`, `-`. */
  readonly id: string
  readonly name: string
}

export interface SystemRecord extends SystemSettings {
  readonly id: string
  readonly createdAt: Date
  readonly disabledAt?: Date
  /** To the minute. */
  readonly lastCalledAt?: Date
}

/** What `settingsOf` reads. */
export const settingsColumns = `
  system.name, system.profile, system.signature_policy, system.status_policy, system.attachment_policy,
  system.bad_receiver, system.roles, system.max_file_bytes, system.receive_max_bytes, system.receive_file_types`

const systemColumns = `
  system.id, ${settingsColumns}, system.created_at, system.disabled_at, system.last_called_at`

const insertSystemSql = `
insert into system (id, name, profile, signature_policy, status_policy, attachment_policy, bad_receiver, roles,
                    max_file_bytes, receive_max_bytes, receive_file_types)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
on conflict (id) do nothing
returning ${systemColumns}`

/** @throws HubError `REQUEST_INVALID` for an id of another shape, `STATE_CONFLICT` when the id is taken */
export async function createSystem(sql: Sql, system: NewSystem): Promise<SystemRecord> {
  if (!/^[A-Za-z0-9._#-]{1,64}$/.test(system.id)) {
    throw new HubError('REQUEST_INVALID', 'a system id has 1–64 letters, digits, ".", "_", "#", "-"', {
      details: { id: system.id },
    })
  }
  const profile = system.profile ?? 'legacy'
  const policy = profile === 'strict' ? 'require-valid' : 'record'
  const { rows } = await sql.query<SystemRow>(insertSystemSql, [
    system.id,
    system.name,
    profile,
    system.signaturePolicy ?? policy,
    system.statusPolicy ?? policy,
    // The duty to check what is inside before it is acted on is the receiver's: nothing is held back unasked (edXML 10.4).
    system.attachmentPolicy ?? 'record',
    system.badReceiver ?? 'refuse-all',
    system.roles ?? [],
    system.maxFileBytes ?? null,
    system.receiveMaxBytes ?? null,
    system.receiveFileTypes ?? [],
  ])
  if (rows[0] === undefined) {
    throw new HubError('STATE_CONFLICT', 'a system of this id exists', { details: { id: system.id } })
  }
  return systemOf(rows[0])
}

/** What a system takes may also be lifted again: `receiveMaxBytes: null`, an empty list of types. */
export interface SystemChange extends Partial<Omit<SystemSettings, 'receiveMaxBytes'>> {
  readonly receiveMaxBytes?: number | null
}

const updateSystemSql = `
update system
   set name = coalesce($2, name), profile = coalesce($3, profile), signature_policy = coalesce($4, signature_policy),
       status_policy = coalesce($5, status_policy), attachment_policy = coalesce($6, attachment_policy),
       bad_receiver = coalesce($7, bad_receiver), roles = coalesce($8, roles),
       max_file_bytes = coalesce($9, max_file_bytes),
       receive_max_bytes = case when $10 then $11 else receive_max_bytes end,
       receive_file_types = coalesce($12, receive_file_types)
 where id = $1
returning ${systemColumns}`

/** Changes what is given, nothing else. @throws HubError `NOT_FOUND` */
export async function updateSystem(sql: Sql, id: string, change: SystemChange): Promise<SystemRecord> {
  const { rows } = await sql.query<SystemRow>(updateSystemSql, [
    id,
    change.name ?? null,
    change.profile ?? null,
    change.signaturePolicy ?? null,
    change.statusPolicy ?? null,
    change.attachmentPolicy ?? null,
    change.badReceiver ?? null,
    change.roles ?? null,
    change.maxFileBytes ?? null,
    change.receiveMaxBytes !== undefined,
    change.receiveMaxBytes ?? null,
    change.receiveFileTypes ?? null,
  ])
  return existing(id, rows[0])
}

const setDisabledSql = `
update system
   set disabled_at = case when $2 then coalesce(disabled_at, now()) end
 where id = $1
returning ${systemColumns}`

/** A disabled system's tokens are refused and its agencies are not connected. @throws HubError `NOT_FOUND` */
export async function disableSystem(sql: Sql, id: string): Promise<SystemRecord> {
  const { rows } = await sql.query<SystemRow>(setDisabledSql, [id, true])
  return existing(id, rows[0])
}

/** @throws HubError `NOT_FOUND` */
export async function enableSystem(sql: Sql, id: string): Promise<SystemRecord> {
  const { rows } = await sql.query<SystemRow>(setDisabledSql, [id, false])
  return existing(id, rows[0])
}

const findSystemSql = `
select ${systemColumns}
  from system
 where id = $1`

export async function findSystem(sql: Sql, id: string): Promise<SystemRecord | undefined> {
  const { rows } = await sql.query<SystemRow>(findSystemSql, [id])
  return rows[0] && systemOf(rows[0])
}

/** @throws HubError `NOT_FOUND` */
export async function getSystem(sql: Sql, id: string): Promise<SystemRecord> {
  const { rows } = await sql.query<SystemRow>(findSystemSql, [id])
  return existing(id, rows[0])
}

const listSystemsSql = `
select ${systemColumns}
  from system
 where id > $1
 order by id
 limit $2`

/** In order of their ids; `after` is the last id seen. */
export async function listSystems(
  sql: Sql,
  page: { readonly after?: string; readonly limit?: number } = {},
): Promise<SystemRecord[]> {
  const { rows } = await sql.query<SystemRow>(listSystemsSql, [page.after ?? '', page.limit ?? 500])
  return rows.map(systemOf)
}

const listBoundSql = `
select ${systemColumns}
  from system
 where system.id in (select system_agency.system_id
                       from agency
                       join system_agency on system_agency.agency_code in (agency.code, agency.center)
                      where agency.code = $1 and not agency.deleted)
 order by system.id`

/** Those bound to an agency or to its center, disabled ones too, in order of their ids. */
export async function listBoundSystems(sql: Sql, agencyCode: string): Promise<SystemRecord[]> {
  const { rows } = await sql.query<SystemRow>(listBoundSql, [agencyCode])
  return rows.map(systemOf)
}

// Locked in one order, so that two hubs never wait for each other.
const touchSystemsSql = statement(
  'system.touch',
  `
with due as (
  select id
    from system
   where id = any($1) and (last_called_at is null or last_called_at < now() - interval '1 minute')
   order by id
     for no key update
)
update system
   set last_called_at = now()
  from due
 where system.id = due.id`,
)

/** Notes that systems called. Writes at most once a minute for each, so that polls leave the disk alone. */
export async function touchSystems(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query(touchSystemsSql(ids))
}

export interface SettingsRow {
  readonly name: string
  readonly profile: SystemProfile
  readonly signature_policy: SignaturePolicy
  readonly status_policy: SignaturePolicy
  readonly attachment_policy: AttachmentPolicy
  readonly bad_receiver: BadReceiverPolicy
  readonly roles: SystemRole[]
  readonly max_file_bytes: string | null
  readonly receive_max_bytes: string | null
  readonly receive_file_types: string[]
}

interface SystemRow extends SettingsRow {
  readonly id: string
  readonly created_at: Date
  readonly disabled_at: Date | null
  readonly last_called_at: Date | null
}

export function settingsOf(row: SettingsRow): SystemSettings {
  return {
    name: row.name,
    profile: row.profile,
    signaturePolicy: row.signature_policy,
    statusPolicy: row.status_policy,
    attachmentPolicy: row.attachment_policy,
    badReceiver: row.bad_receiver,
    roles: row.roles,
    ...(row.max_file_bytes !== null && { maxFileBytes: Number(row.max_file_bytes) }),
    ...(row.receive_max_bytes !== null && { receiveMaxBytes: Number(row.receive_max_bytes) }),
    ...(row.receive_file_types.length > 0 && { receiveFileTypes: row.receive_file_types }),
  }
}

function systemOf(row: SystemRow): SystemRecord {
  return {
    id: row.id,
    ...settingsOf(row),
    createdAt: row.created_at,
    ...(row.disabled_at && { disabledAt: row.disabled_at }),
    ...(row.last_called_at && { lastCalledAt: row.last_called_at }),
  }
}

function existing(id: string, row: SystemRow | undefined): SystemRecord {
  if (row === undefined) throw new HubError('NOT_FOUND', 'no system has this id', { details: { id } })
  return systemOf(row)
}

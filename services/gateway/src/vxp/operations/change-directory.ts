import { Readable } from 'node:stream'
import { type AgencyRecord, codeFault, normalizeCode } from '@docaxis/directory'
import {
  askDirectory,
  type DirectoryRequestKind,
  type DirectoryWish,
  findAgencies,
  recordAudit,
  type Tx,
  updateAgencyContact,
} from '@docaxis/store'
import { VxpRefusal } from '../refusal.ts'
import type { Operation, OperationContext } from './operation.ts'

const pending = 'Đã ghi nhận đề nghị; chờ quản trị danh mục của Trục duyệt'

/**
 * Registers or changes an agency within the caller's own bindings. Mail, mobile and fax apply at once; a new code, name
 * or parent waits for a directory manager.
 */
export const registerAgency: Operation = {
  name: 'registerAgency',
  method: 'POST',
  reads: [],
  run: async context => {
    const given = await readAgency(context.request.body)
    const waits = await context.gateway.database.transaction(tx => register(tx, context, given))
    return waits ? { errorDesc: pending } : {}
  },
}

/** Asks for closing; nothing is ever deleted. */
export const deleteAgency: Operation = {
  name: 'deleteAgency',
  method: 'POST',
  reads: ['AgencyCode'],
  run: async context => {
    const written = context.proved.call.parameter('AgencyCode')
    if (written === undefined) throw new VxpRefusal('header-missing', { header: 'AgencyCode' })
    await context.gateway.database.transaction(async tx => {
      const agency = (await findAgencies(tx, [written])).get(normalizeCode(written))?.agency
      if (!agency || !acts(context, agency.code)) throw notBound(written)
      await ask(tx, context, 'close', agency.code, {})
    })
    return { errorDesc: pending }
  },
}

/** `pcode` is the parent's code; `id` is the agency's, as lists give it. */
interface GivenAgency {
  readonly id?: string
  readonly pcode?: string
  readonly code?: string
  readonly name?: string
  readonly mail?: string
  readonly mobile?: string
  readonly fax?: string
}

/** @returns whether something waits for a person */
async function register(tx: Tx, context: OperationContext, given: GivenAgency): Promise<boolean> {
  const { id = '', code = '', pcode = '' } = given
  const named = [id, code, pcode].filter(Boolean).map(normalizeCode)
  const directory = await findAgencies(tx, named)
  const find = (written: string) => directory.get(normalizeCode(written))?.agency
  const agency = find(id) ?? find(code)
  if (agency) {
    if (!acts(context, agency.code)) throw notBound(code || id)
    return change(tx, context, agency, given, find(pcode)?.code)
  }
  const parent = find(pcode)
  if (!parent || !acts(context, parent.code)) throw notBound(code)
  const { name, mail, mobile, fax } = given
  if (codeFault(normalizeCode(code)) !== undefined || !name) throw wrongBody()
  const wish = present({ code: normalizeCode(code), parent: parent.code, name, mail, mobile, fax })
  await ask(tx, context, 'register', normalizeCode(code), wish)
  return true
}

async function change(
  tx: Tx,
  context: OperationContext,
  agency: AgencyRecord,
  given: GivenAgency,
  parent: string | undefined,
): Promise<boolean> {
  const { mail, mobile, fax } = given
  if (await updateAgencyContact(tx, agency.code, present({ mail, mobile, fax }))) {
    await audit(tx, context, 'agency.contact', agency.code)
  }
  const wish = present({
    code: isNew(given.code, agency.code, agency.code2016, ...agency.oldCodes),
    name: isNew(given.name, agency.name),
    parent: isNew(given.pcode && (parent ?? given.pcode), agency.parent),
  })
  if (Object.keys(wish).length === 0) return false
  await ask(tx, context, 'change', agency.code, wish)
  return true
}

function isNew(wished: string | undefined, ...known: readonly (string | undefined)[]): string | undefined {
  return wished && !known.includes(wished) ? wished : undefined
}

async function ask(
  tx: Tx,
  context: OperationContext,
  kind: DirectoryRequestKind,
  agencyCode: string,
  wish: DirectoryWish,
): Promise<void> {
  await askDirectory(tx, { systemId: context.proved.caller.systemId, kind, agencyCode, wish })
  await audit(tx, context, `agency.ask-${kind}`, agencyCode)
}

function audit(tx: Tx, { proved }: OperationContext, action: string, object: string): Promise<void> {
  return recordAudit(tx, { actor: `system:${proved.caller.systemId}`, action, object, outcome: 'done' })
}

function acts({ proved }: OperationContext, code: string): boolean {
  return proved.caller.agencies.includes(code)
}

/** Unknown and foreign agencies are told apart by nobody. */
function notBound(agency: string): VxpRefusal {
  return new VxpRefusal('agency-not-bound', { agency: agency.slice(0, 100) })
}

const maxBodyBytes = 64 * 1024
const lengths = { id: 35, pcode: 35, code: 35, name: 200, mail: 100, mobile: 50, fax: 50 } as const

async function readAgency(body: unknown): Promise<GivenAgency> {
  const json = body instanceof Readable ? await readJson(body) : undefined
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw wrongBody()
  const entries = Object.entries(lengths).map(([field, most]) => {
    const value: unknown = Object.hasOwn(json, field) ? (json as Record<string, unknown>)[field] : undefined
    if (value === undefined || value === null) return [field, undefined]
    if (typeof value !== 'string' || value.length > most || value.includes('\0')) throw wrongBody()
    // The kit sends what is not set as an empty text.
    return [field, value.trim() || undefined]
  })
  return present(Object.fromEntries(entries))
}

async function readJson(body: Readable): Promise<unknown> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of body) {
    sizeBytes += chunk.length
    if (sizeBytes > maxBodyBytes) throw wrongBody()
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    throw wrongBody()
  }
}

function wrongBody(): VxpRefusal {
  return new VxpRefusal('body-wrong', { wanted: '{"id","pcode","code","name","mail","mobile","fax"}' })
}

/** Without the members that are undefined. */
function present<T extends object>(given: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: NonNullable<T[Key]>
  }
}

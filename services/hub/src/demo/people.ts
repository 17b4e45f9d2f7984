import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Database } from '@docaxis/store'
import {
  cheapCost,
  createAccount,
  emptyScope,
  findAccount,
  hashPassword,
  isPassword,
  passwordHashOf,
  type Role,
  randomPassword,
  type Scope,
  setPassword,
} from '@docaxis/store/console'
import { writeSecret } from './pem-files.ts'

/** One row of `users.json`. */
export interface DemoPersonRow {
  readonly login: string
  readonly password: string
  readonly name: string
  readonly role: Role
  readonly scope: Scope
  readonly agencies: readonly string[]
}

type DemoPerson = Omit<DemoPersonRow, 'password'>

const everything: Scope = { ...emptyScope, everything: true }
const below = (...subtrees: readonly string[]): Scope => ({ ...emptyScope, subtrees })

/** Somebody of each role: the staff of the hub, and clerks and officials of its agencies. */
const people: readonly DemoPerson[] = [
  { login: 'administrator', name: 'Đỗ Quản Trị', role: 'administrator', scope: everything, agencies: [] },
  { login: 'operator', name: 'Mai Vận Hành', role: 'operator', scope: everything, agencies: [] },
  { login: 'directory', name: 'Lý Danh Mục', role: 'directory', scope: everything, agencies: [] },
  { login: 'trust', name: 'Hồ Tin Cậy', role: 'trust', scope: everything, agencies: [] },
  { login: 'auditor', name: 'Dương Thanh Tra', role: 'auditor', scope: everything, agencies: [] },
  { login: 'viewer-g99', name: 'Cao Văn Thư', role: 'viewer', scope: below('G99'), agencies: ['G99'] },
  // A province sees its own, and the ministries it corresponds with.
  { login: 'viewer-h99', name: 'Tạ Thị Thư', role: 'viewer', scope: below('H99', 'G99', 'G98'), agencies: ['H99'] },
  {
    login: 'viewer-h99.32.05',
    name: 'Lương Thị Sổ',
    role: 'viewer',
    scope: below('H99.32.05'),
    agencies: ['H99.32.05'],
  },
  { login: 'official-h99', name: 'Phạm Văn Mây', role: 'official', scope: below('H99'), agencies: ['H99'] },
]

/** Makes the accounts of the demo and writes `users.json`. Passwords that still work are kept. */
export async function writeDemoPeople(folder: string, database: Database): Promise<void> {
  const file = join(folder, 'users.json')
  const before = await keptPasswords(file)
  const rows: DemoPersonRow[] = []
  for (const person of people) {
    const { login, ...rest } = person
    rows.push({ login, password: await workingPassword(database, person, before.get(login)), ...rest })
  }
  await writeSecret(file, `${JSON.stringify(rows, null, 2)}\n`)
}

async function workingPassword(database: Database, person: DemoPerson, before: string | undefined): Promise<string> {
  const account = await findAccount(database, person.login)
  if (account && before !== undefined && (await isPassword(before, await passwordHashOf(database, account.id))))
    return before
  const password = randomPassword()
  const passwordHash = await hashPassword(password, cheapCost)
  if (account) await database.transaction(tx => setPassword(tx, account.id, passwordHash, false))
  else await createAccount(database, { ...person, passwordHash })
  return password
}

async function keptPasswords(file: string): Promise<ReadonlyMap<string, string>> {
  try {
    const rows = JSON.parse(await readFile(file, 'utf8')) as readonly DemoPersonRow[]
    return new Map(rows.map(({ login, password }) => [login, password]))
  } catch {
    return new Map()
  }
}

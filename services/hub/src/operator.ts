import { join } from 'node:path'
import { createSystem, type Database, findSystem, issueToken } from '@docaxis/store'
import { writeSecret } from './demo/pem-files.ts'

const operatorSystemId = 'operator'

/**
 * A new hub has nobody who could administer it: its first start makes an operator and writes the token to a file of
 * this user alone. Afterwards nothing is done; tokens are replaced through the administration calls.
 */
export async function ensureOperator(database: Database, dataDir: string): Promise<string | undefined> {
  return database.transaction(async tx => {
    if (await findSystem(tx, operatorSystemId)) return undefined
    await createSystem(tx, { id: operatorSystemId, name: 'Operator', profile: 'strict', roles: ['operator'] })
    const { token } = await issueToken(tx, operatorSystemId)
    const file = join(dataDir, 'operator-token')
    await writeSecret(file, `${token}\n`)
    return file
  })
}

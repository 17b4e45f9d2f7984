import {
  type Database,
  findVxpIdentities,
  issueVxpSecret,
  listVxpSecrets,
  openSealedSecret,
  revokeVxpSecret,
  type SecretBox,
} from '@docaxis/store'

/** The secret given before if the hub still takes it, else a new one in place of all others. */
export async function workingVxpSecret(
  database: Database,
  box: SecretBox,
  systemId: string,
  before: string | undefined,
): Promise<string> {
  if (before && (await isValid(database, box, systemId, before))) return before
  return database.transaction(async tx => {
    for (const { secretId } of await listVxpSecrets(tx, systemId)) await revokeVxpSecret(tx, systemId, secretId)
    return (await issueVxpSecret(tx, box, systemId)).secret
  })
}

async function isValid(database: Database, box: SecretBox, systemId: string, secret: string): Promise<boolean> {
  const identities = await findVxpIdentities(database, systemId, Buffer.alloc(32))
  const secrets = identities.find(({ system }) => system.id === systemId)?.secrets ?? []
  return secrets.some(sealed => {
    try {
      return openSealedSecret(box, sealed).equals(Buffer.from(secret))
    } catch {
      // Sealed with a key file that is gone.
      return false
    }
  })
}

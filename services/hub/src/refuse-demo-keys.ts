import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCertificate, readPem } from '@docaxis/pki'
import { StartRefused } from '@docaxis/service'
import { type Database, listDemoAnchors } from '@docaxis/store'
import { demoAuthorityName } from './demo/keyring.ts'

/**
 * Keys of a demo lie open in its folder, so a hub that is not a demo trusts none of them.
 *
 * @throws StartRefused when the database or the folder of anchors holds a demo authority
 */
export async function refuseDemoKeys(database: Database, anchorsDir: string | undefined): Promise<void> {
  if ((await listDemoAnchors(database)).length > 0) {
    throw new StartRefused('this hub is not a demo, but its database trusts a demo authority: empty table demo_anchor')
  }
  if (anchorsDir === undefined) return
  for (const name of await readdir(anchorsDir)) {
    if (!/\.(pem|crt|cer)$/i.test(name)) continue
    const blocks = readPem(await readFile(join(anchorsDir, name), 'latin1'), 'CERTIFICATE')
    if (blocks.some(isDemoAuthority)) {
      throw new StartRefused(
        `${join(anchorsDir, name)} is a demo authority, and this hub is not a demo: remove the file`,
      )
    }
  }
}

function isDemoAuthority(der: Buffer): boolean {
  const { subject } = parseCertificate(der)
  return subject.attributes.some(({ type, value }) => type === 'CN' && value === demoAuthorityName)
}

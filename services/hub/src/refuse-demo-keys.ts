import { parseCertificate } from '@docaxis/pki'
import { isDemoAuthority, readAnchorFiles, StartRefused } from '@docaxis/service'
import { type Database, listAnchors, listDemoAnchors } from '@docaxis/store'

/**
 * Keys of a demo lie open in its folder, so a hub that is not a demo trusts none of them.
 *
 * @throws StartRefused when the database or the folder of anchors holds a demo authority
 */
export async function refuseDemoKeys(database: Database, anchorsDir: string | undefined): Promise<void> {
  if ((await listDemoAnchors(database)).length > 0) {
    throw new StartRefused('this hub is not a demo, but its database trusts a demo authority: empty table demo_anchor')
  }
  const imported = (await listAnchors(database)).find(({ der }) => isDemoAuthority(parseCertificate(der)))
  if (imported) {
    throw new StartRefused(
      'this hub is not a demo, but a demo authority was imported as an anchor: retire it in table trust_anchor',
    )
  }
  const demo = (await readAnchorFiles(anchorsDir)).find(({ certificate }) => isDemoAuthority(certificate))
  if (demo) {
    throw new StartRefused(`${demo.path} is a demo authority, and this hub is not a demo: remove the file`)
  }
}

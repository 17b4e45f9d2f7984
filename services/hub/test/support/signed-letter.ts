import { openKeyring } from '../../src/demo/keyring.ts'
import { samplePdf } from '../../src/demo/sample-pdf.ts'
import { signPdf } from '../../src/demo/sign-pdf.ts'
import type { TestHub } from './test-hub.ts'

/** A PDF as the demo's province issues it: signed by its official, sealed over everything. */
export async function signedLetter(hub: TestHub): Promise<Buffer> {
  const now = new Date()
  const { officials, seals } = await openKeyring(hub.demoFolder, now)
  const [official, seal] = [officials.get('H99'), seals.get('H99')]
  if (!official || !seal) throw new Error('the demo has no keys of H99')
  const signed = signPdf(samplePdf(['Một trang']), { identity: official, name: 'Cao Văn Lúa', at: [330, 160] }, now)
  return signPdf(signed, { identity: seal, name: 'UBND tỉnh H99', at: [330, 220] }, now).bytes
}

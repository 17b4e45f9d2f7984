import { join } from 'node:path'
import { createAuthority } from '@docaxis/pki/authority'
import type { Page } from 'playwright-core'
import { signedLetter } from '../support/signed-letter.ts'
import type { TestHub } from '../support/test-hub.ts'
import type { ConsoleState } from './console-state.ts'

/** Each verdict that a file can have. */
export const verifyStates: readonly ConsoleState[] = [
  { name: 'verify-good', path: '/verify', reach: demoFile('G99-seal-cert.pem') },
  { name: 'verify-revoked', path: '/verify', reach: demoFile('G97-revoked-seal-cert.pem') },
  {
    name: 'verify-unknown',
    path: '/verify',
    reach: async page => drop(page, { name: 'la.cer', type: 'application/pkix-cert', content: await stranger() }),
  },
  { name: 'verify-pdf', path: '/verify', reach: async (page, hub) => dropPdf(page, await signedLetter(hub)) },
  { name: 'verify-pdf-changed', path: '/verify', reach: async (page, hub) => dropPdf(page, await changed(hub)) },
  {
    name: 'verify-other',
    path: '/verify',
    reach: page => drop(page, { name: 'anh.jpg', type: 'image/jpeg', content: Buffer.from('ffd8ffe0', 'hex') }),
  },
]

function demoFile(name: string) {
  return async (page: Page, hub: TestHub): Promise<void> => {
    await page.setInputFiles('input[type=file]', join(hub.demoFolder, name))
    await page.waitForSelector('.verdict')
  }
}

interface Dropped {
  readonly name: string
  readonly type: string
  readonly content: Buffer
}

async function drop(page: Page, { name, type, content }: Dropped): Promise<void> {
  await page.setInputFiles('input[type=file]', { name, mimeType: type, buffer: content })
  await page.waitForSelector('.verdict')
}

function dropPdf(page: Page, content: Buffer): Promise<void> {
  return drop(page, { name: 'cong-van.pdf', type: 'application/pdf', content })
}

/** One byte of what was signed is another. */
async function changed(hub: TestHub): Promise<Buffer> {
  const pdf = Buffer.from(await signedLetter(hub))
  pdf.write('/MediaBOX', pdf.indexOf('/MediaBox'))
  return pdf
}

/** The certificate of an authority that the hub has never heard of. */
async function stranger(): Promise<Buffer> {
  const now = Date.now()
  const { certificate } = await createAuthority({
    name: 'Một CA xa lạ',
    keyType: 'ec',
    notBefore: new Date(now - 86_400_000),
    notAfter: new Date(now + 86_400_000),
  })
  return certificate.der
}

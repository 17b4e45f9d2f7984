import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { signedLetter } from '../support/signed-letter.ts'
import { strangersCertificates } from '../support/stranger.ts'
import type { TestHub } from '../support/test-hub.ts'
import type { ConsoleState } from './console-state.ts'

/** Each verdict that a file can have. */
export const verifyStates: readonly ConsoleState[] = [
  { name: 'verify-good', path: '/verify', reach: demoFile('G99-seal-cert.pem') },
  { name: 'verify-revoked', path: '/verify', reach: demoFile('G97-revoked-seal-cert.pem') },
  {
    name: 'verify-unknown',
    path: '/verify',
    reach: async page => dropCertificate(page, (await strangersCertificates()).seal),
  },
  { name: 'verify-pdf', path: '/verify', reach: async (page, hub) => dropPdf(page, await letterOf(hub)) },
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

function dropCertificate(page: Page, content: Buffer): Promise<void> {
  return drop(page, { name: 'la.cer', type: 'application/pkix-cert', content })
}

function dropPdf(page: Page, content: Buffer): Promise<void> {
  return drop(page, { name: 'cong-van.pdf', type: 'application/pdf', content })
}

let letter: Promise<Buffer> | undefined

/** Signed once: four screens at a time would read the keys while they are being written. */
function letterOf(hub: TestHub): Promise<Buffer> {
  letter ??= signedLetter(hub)
  return letter
}

/** One byte of what was signed is another. */
async function changed(hub: TestHub): Promise<Buffer> {
  const pdf = Buffer.from(await letterOf(hub))
  pdf.write('/MediaBOX', pdf.indexOf('/MediaBox'))
  return pdf
}

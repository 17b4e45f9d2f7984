import type { HostileTime } from './measure-hostile.ts'
import type { PdfResult } from './measure-pdf.ts'
import type { TrustResult } from './measure-trust.ts'

export function printTrust(results: readonly TrustResult[]): void {
  console.log(
    '\nPath (root, issuing authority, seal; RSA 2048) and revocation lists of one certificate, in one process. Against\n' +
      'openssl verify -crl_check_all: one more certificate in a process that has read the lists, and a process of its own.',
  )
  for (const { entries, ms, ratios } of results) {
    console.log(
      `  list of ${entries.toLocaleString('en')} entries\n` +
        `    known certificate ${time(ms.cached)}   new certificate ${time(ms.warm)}   openssl ${time(ms.opensslWarm)}   openssl/ours ${ratios.warm.toFixed(2)}\n` +
        `    all read anew ${time(ms.cold)}   openssl ${time(ms.opensslCold)}   openssl/ours ${ratios.cold.toFixed(2)}   the list alone ${time(ms.list)}`,
    )
  }
}

export function printPdf(results: readonly PdfResult[]): void {
  console.log('\nIntegrity of one signature over a PDF read from disk, warm, against pdfsig (process start subtracted)')
  for (const { megabytes, ms, ratio } of results) {
    console.log(
      `  ${megabytes} MB`.padEnd(12) +
        `ours ${time(ms.ours)}   pdfsig ${time(ms.pdfsig)}   pdfsig/ours ${ratio.toFixed(2)}`,
    )
  }
}

const shown = 5

export function printHostile(times: readonly HostileTime[]): void {
  console.log(`\nCertificates, paths and lists built to stop the judge: ${times.length}, the ${shown} slowest`)
  for (const { what, ms } of times.slice(0, shown)) console.log(`  ${time(ms).padStart(8)}  ${what}`)
}

function time(ms: number): string {
  return ms < 0.1 ? `${(ms * 1000).toFixed(1)} µs` : `${ms.toFixed(ms < 10 ? 2 : 0)} ms`
}

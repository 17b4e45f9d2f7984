import type { ProofResult } from '../proof.ts'

export function printProof(results: readonly ProofResult[]): void {
  console.log(
    '\nProof of one envelope, warm, in one process: structure, rules, signature, path and revocation. Against xmllint\n' +
      '--schema and xmlsec1 --verify (process start subtracted), and against the bare limit: SHA-256 of the same bytes and\n' +
      'one RSA verification. Intake also decodes, hashes and stores the files, and hashes the bytes as received.',
  )
  for (const { name, ms, ratios, peakBytes } of results) {
    console.log(
      `  ${name.padEnd(18)} proof ${time(ms.proof)}   tools ${time(ms.tools)}   tools/proof ${ratios.toolsToProof.toFixed(2)}` +
        `   bare limit ${time(ms.bare)}   proof/bare ${ratios.proofToBare.toFixed(2)}\n` +
        `  ${''.padEnd(18)} intake ${time(ms.intake)}   intake/bare ${ratios.intakeToBare.toFixed(2)}\n` +
        `  ${''.padEnd(18)} peak memory: proof ${mebibytes(peakBytes.proof)}, intake ${mebibytes(peakBytes.intake)}, ` +
        `bare limit ${mebibytes(peakBytes.bare)}; xmllint ${mebibytes(peakBytes.xmllint)}, xmlsec1 ${mebibytes(peakBytes.xmlsec1)}`,
    )
  }
}

function time(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`
}

/** A program that is done before anybody can look has no number. */
function mebibytes(bytes: number): string {
  if (bytes === 0) return 'unseen'
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`
}

import { readFileSync } from 'node:fs'
import type { FuzzOptions, FuzzResult } from './fuzz.ts'
import { explanationOf } from './stricter.ts'
import type { FoundDifference, Tally } from './tally.ts'

const shownDifferences = 20
const shownClasses = 40

export function printFuzz({ tally, xmlsec, casesPerSecond }: FuzzResult, { seed }: FuzzOptions): void {
  const { cases, outcomes, valid } = tally
  console.log(
    `  ${cases} cases, seed ${seed}, ${casesPerSecond.toFixed(0)} cases per second\n` +
      `  accepted by both ${outcomes['both accept']}, refused by both ${outcomes['both refuse']}, ` +
      `stricter than libxml2 ${outcomes.stricter}, differences ${outcomes.difference}; seal valid ${valid}`,
  )
  printKinds(tally)
  printStricter(tally)
  for (const [rule, { count, found }] of Object.entries(tally.differences)) {
    console.log(`  DIFFERENCE ${rule}: ${count}`)
    for (const one of found) printDifference(one, seed)
  }
  if (xmlsec.validFiles + xmlsec.refusedFiles === 0) return
  console.log(
    `  xmlsec1: ${xmlsec.validFiles} files valid to us, ${xmlsec.notVerified.length} of them not verified; ` +
      `${xmlsec.refusedFiles} refused by us, ${xmlsec.verifiedThough.length} of them verified`,
  )
  for (const { file, said } of xmlsec.notVerified.slice(0, shownDifferences))
    console.log(`  DIFFERENCE ${file}: ${said}`)
  for (const { file, why } of xmlsec.verifiedThough.slice(0, shownDifferences))
    console.log(`    stricter: ${why}  ${file}`)
}

export function countDifferences({ tally, xmlsec }: FuzzResult): number {
  return tally.outcomes.difference + xmlsec.notVerified.length
}

function printKinds({ kinds }: Tally): void {
  console.log('  kinds: cases, accepted by both, valid')
  const rows = Object.entries(kinds).sort(([, a], [, b]) => b.cases - a.cases)
  for (const [kind, { cases, bothAccept, valid }] of rows) {
    console.log(
      `    ${kind.padEnd(32)} ${String(cases).padStart(8)} ${String(bothAccept).padStart(8)} ${String(valid).padStart(8)}`,
    )
  }
}

function printStricter({ stricter }: Tally): void {
  const rows = Object.entries(stricter).sort(([, a], [, b]) => b.count - a.count)
  console.log('  refused by us, read by libxml2: reason, how often, why, one example')
  for (const [reason, { count, example }] of rows.slice(0, shownClasses)) {
    const why = explanationOf(reason) ?? 'NOT EXPLAINED'
    console.log(
      `    ${reason.padEnd(52)} ${String(count).padStart(8)}  ${why}\n      ${example.file} (${example.kinds.join(', ')})`,
    )
  }
  if (rows.length > shownClasses) console.log(`    and ${rows.length - shownClasses} other reasons`)
}

function printDifference({ detail, index, kinds, file, smallestFile }: FoundDifference, seed: number): void {
  console.log(`    --seed ${seed} --only ${index} (${kinds.join(', ')})  ${file}\n      ${detail.slice(0, 300)}`)
  if (smallestFile !== undefined)
    console.log(`      ${JSON.stringify(readFileSync(smallestFile, 'latin1').slice(0, 300))}`)
}

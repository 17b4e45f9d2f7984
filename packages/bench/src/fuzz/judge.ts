import { createHash } from 'node:crypto'
import type { EnvelopeReading } from '@docaxis/edxml'
import { chance, pick, type Random } from '../random.ts'
import { type SigningBench, verdictOn } from '../signing-bench.ts'
import { drawCuts } from './cuts.ts'
import { askOracle, type OracleAnswer, type OracleReading } from './oracle.ts'
import { checkInChunks, common, digestsOf, fingerprint, meaning, readInChunks, readWhole } from './readers.ts'

/** Where our reader and libxml2 part, and we are the one to be wrong; or where we disagree with ourselves. */
export type DifferenceRule =
  | 'accepts what libxml2 refuses'
  | 'other canonical form'
  | 'other SignedInfo'
  | 'other Signature'
  | 'other facts about the Signature'
  | 'valid with another digest'
  | 'other meaning than the canonical form'
  | 'other reading in chunks'
  | 'other findings in chunks'
  | 'other places in chunks'
  | 'throws'

export interface Difference {
  readonly rule: DifferenceRule
  readonly detail: string
}

export interface Judgement {
  readonly outcome: 'both accept' | 'both refuse' | 'stricter' | 'difference'
  /** Of the seal, where the XML was readable. */
  readonly verdict?: string
  /** Why we refused what libxml2 reads. */
  readonly stricter?: string
  readonly difference?: Difference
}

export interface Trial {
  readonly bytes: Buffer
  readonly answer?: OracleAnswer
  readonly random: Random
  readonly bench: SigningBench
}

/** Shares of the cases that get the dear questions too. */
const detailShare = 0.1
const everyCutShare = 0.002
const everyCutMaxBytes = 1_000

export async function judge(trial: Trial): Promise<Judgement> {
  try {
    const ours = readWhole(trial.bytes)
    const verdict = (await verdictOn(ours, trial.bench))?.code
    const theirs = answerFor(trial, ours)
    const difference = compareWith(theirs, trial, ours, verdict) ?? (await compareChunks(trial, ours))
    if (difference !== undefined) return { outcome: 'difference', difference, verdict }
    if (ours.signature !== undefined) return { outcome: 'both accept', verdict }
    return theirs.accepted ? { outcome: 'stricter', stricter: reasonOf(ours) } : { outcome: 'both refuse' }
  } catch (error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { outcome: 'difference', difference: { rule: 'throws', detail } }
  }
}

/** What was known beforehand, or asked now, now and then in detail. */
function answerFor({ bytes, answer, random }: Trial, { signature }: EnvelopeReading): OracleAnswer {
  const inDetail = signature !== undefined && chance(random, detailShare)
  return inDetail || answer === undefined ? askOracle(bytes, inDetail) : answer
}

/** An answer known beforehand was put together; before it counts against us, it is asked for. */
function compareWith(
  theirs: OracleAnswer,
  { bytes, answer }: Trial,
  ours: EnvelopeReading,
  verdict: string | undefined,
): Difference | undefined {
  const difference = compare(ours, theirs, verdict)
  return difference !== undefined && theirs === answer ? compare(ours, askOracle(bytes), verdict) : difference
}

/** @param verdict code of the seal, where the XML was readable */
export function compare(
  ours: EnvelopeReading,
  theirs: OracleAnswer,
  verdict: string | undefined,
): Difference | undefined {
  if (ours.signature === undefined) return undefined
  if (!theirs.accepted) return { rule: 'accepts what libxml2 refuses', detail: theirs.reason }
  if (verdict === 'OK' && !isDigestSigned(theirs)) return { rule: 'valid with another digest', detail: verdict }
  return compareMaterial(ours.signature, theirs) ?? compareDetails(ours, theirs)
}

/** Whether the SignedInfo that the oracle reads names the digest that the oracle computes. */
function isDigestSigned({ covered, signedInfo }: OracleReading): boolean {
  const [, named = ''] = /DigestValue[^<>]*>([^<]*)</.exec(signedInfo.toString('latin1')) ?? []
  const plain = named.replace(/&#xD;|\s/g, '')
  return ['sha256', 'sha384', 'sha512'].some(name => createHash(name).update(covered).digest('base64') === plain)
}

function compareMaterial(
  ours: NonNullable<EnvelopeReading['signature']>,
  theirs: OracleReading,
): Difference | undefined {
  const digests = [...digestsOf(ours)]
  const fits = digests.every(([name, digest]) => createHash(name).update(theirs.covered).digest().equals(digest))
  if (!fits || digests.length === 0) return { rule: 'other canonical form', detail: `libxml2: ${theirs.covered}` }
  if (!ours.signedInfo.equals(theirs.signedInfo)) {
    return { rule: 'other SignedInfo', detail: `ours: ${ours.signedInfo}\nlibxml2: ${theirs.signedInfo}` }
  }
  const facts = [ours.count, ours.hasComments, ours.place === 'header-last', ours.duplicateIds.length].join()
  const theirFacts = [theirs.signatures, theirs.hasComments, theirs.isLast, theirs.repeatedIds].join()
  if (facts === theirFacts) return undefined
  return {
    rule: 'other facts about the Signature',
    detail: `number, comments, last, repeated ids: ${facts} but ${theirFacts}`,
  }
}

function compareDetails(ours: EnvelopeReading, { details }: OracleReading): Difference | undefined {
  if (details === undefined) return undefined
  if (ours.signature?.element.equals(details.signature) === false) {
    return { rule: 'other Signature', detail: `ours: ${ours.signature.element}\nlibxml2: ${details.signature}` }
  }
  const [before, after] = [meaning(ours), meaning(readWhole(details.whole))]
  if (before === after) return undefined
  return { rule: 'other meaning than the canonical form', detail: firstDifference(before, after) }
}

/** Read in chunks, a file says what it says whole; now and then at every single cut. */
async function compareChunks({ bytes, random }: Trial, whole: EnvelopeReading): Promise<Difference | undefined> {
  const everyCut = chance(random, everyCutShare) && bytes.length <= everyCutMaxBytes
  const plans = everyCut ? Array.from({ length: bytes.length + 1 }, (_, cut) => [cut]) : [drawCuts(random, bytes)]
  const { expected, read, say } = pick(random, waysToRead(bytes, whole))
  for (const cuts of plans) {
    const inChunks = await read(cuts)
    const [before, after] = [say(expected()), say(inChunks)]
    if (before === after) continue
    const detail = `cuts ${cuts.slice(0, 20)}: ${firstDifference(before, after)}`
    return { rule: chunkRule(expected(), inChunks), detail }
  }
  return undefined
}

/** How a file can be read in chunks, and what each way has to agree with. */
function waysToRead(bytes: Buffer, whole: EnvelopeReading) {
  const check = (cuts: readonly number[]) => checkInChunks(bytes, cuts)
  return [
    { expected: () => whole, read: (cuts: readonly number[]) => readInChunks(bytes, cuts), say: fingerprint },
    { expected: () => whole, read: check, say: common },
    { expected: () => check([]), read: check, say: fingerprint },
  ]
}

/** What matters most: whether it is refused, then what for, then where. */
function chunkRule(whole: EnvelopeReading, inChunks: EnvelopeReading): DifferenceRule {
  if (whole.signature !== undefined || inChunks.signature !== undefined) return 'other reading in chunks'
  const codes = ({ findings }: EnvelopeReading) =>
    findings.map(({ code, details }) => `${code} ${details?.reason}`).join()
  return codes(whole) === codes(inChunks) ? 'other places in chunks' : 'other findings in chunks'
}

/** The code and reason of the first error: what a class of stricter refusals is known by. */
function reasonOf({ findings }: EnvelopeReading): string {
  const first = findings.find(({ severity }) => severity === 'error')
  const reason = first?.details?.reason
  return `${first?.code ?? 'no error'}${reason === undefined ? '' : `: ${String(reason).slice(0, 80)}`}`
}

function firstDifference(left: string, right: string): string {
  let at = 0
  while (at < left.length && left[at] === right[at]) at += 1
  const from = Math.max(0, at - 60)
  return `…${left.slice(from, at + 100)}… but …${right.slice(from, at + 100)}…`
}

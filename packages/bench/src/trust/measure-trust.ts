import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTrust, parseCertificate, parseCrl, validatePath, validatePathCached } from '@docaxis/pki'
import { toolMs } from '../proof/tools.ts'
import { median } from '../statistics.ts'
import { type Chain, judgedAt, makeChain } from './chain.ts'

export interface TrustResult {
  /** Entries in the list of the issuing authority. */
  readonly entries: number
  /** Medians of the rounds, milliseconds. */
  readonly ms: {
    /** Path and lists of a certificate that came before, as for every envelope of a known sender. */
    readonly cached: number
    /** A certificate that comes for the first time; authority and lists are known. */
    readonly warm: number
    /** Everything read anew from DER: certificates, both lists, and one look-up. */
    readonly cold: number
    /** The large list alone, read and looked up. */
    readonly list: number
    /** `openssl verify` of one more certificate in a process that has read the lists. */
    readonly opensslWarm: number
    /** A whole `openssl verify`, less a process that does nothing. */
    readonly opensslCold: number
  }
  /** Medians of the ratios of each round; above 1 we are faster. */
  readonly ratios: { readonly warm: number; readonly cold: number }
}

type Round = TrustResult['ms']

const rounds = 5
const runs = { cached: 20_000, warm: 300, cold: 5, openssl: 40 }

/** Path and revocation of a seal below an issuing authority with few and with very many revoked certificates. */
export async function measureTrust(sizes: readonly number[] = [100, 100_000]): Promise<TrustResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-trust-'))
  try {
    const results: TrustResult[] = []
    for (const entries of sizes) results.push(measure(entries, await makeChain(folder, entries)))
    return results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function measure(entries: number, chain: Chain): TrustResult {
  round(chain)
  const measured = Array.from({ length: rounds }, () => round(chain))
  const middle = (of: (one: Round) => number) => median(measured.map(of))
  return {
    entries,
    ms: {
      cached: middle(({ cached }) => cached),
      warm: middle(({ warm }) => warm),
      cold: middle(({ cold }) => cold),
      list: middle(({ list }) => list),
      opensslWarm: middle(({ opensslWarm }) => opensslWarm),
      opensslCold: middle(({ opensslCold }) => opensslCold),
    },
    ratios: {
      warm: middle(({ opensslWarm, warm }) => opensslWarm / warm),
      cold: middle(({ opensslCold, cold }) => opensslCold / cold),
    },
  }
}

function round(chain: Chain): Round {
  const known = questionOf(chain)
  return {
    cached: timed(runs.cached, () => mustBeValid(validatePathCached(known))),
    warm: timed(runs.warm, () => mustBeValid(validatePath({ ...known, certificate: parseCertificate(chain.seal) }))),
    cold: timed(runs.cold, () => mustBeValid(validatePath(questionOf(chain)))),
    list: timed(runs.cold, () => parseCrl(chain.issuingList).find('fffffffffffffff1')),
    opensslWarm: toolMs(files => opensslVerify(chain, files), chain.files.seal, runs.openssl, 1),
    opensslCold: opensslColdMs(chain),
  }
}

function questionOf({ root, issuing, seal, rootList, issuingList }: Chain) {
  const trust = createTrust({
    anchors: [parseCertificate(root)],
    intermediates: [parseCertificate(issuing)],
    crls: [parseCrl(rootList), parseCrl(issuingList)],
  })
  return { certificate: parseCertificate(seal), intermediates: [], trust, at: judgedAt, purpose: 'seal' } as const
}

function opensslVerify({ files }: Chain, certificates: readonly string[]): [program: string, ...args: string[]] {
  const at = String(judgedAt.getTime() / 1000)
  const trusted = ['-CAfile', files.root, '-untrusted', files.issuing, '-CRLfile', files.lists]
  return ['openssl', 'verify', '-attime', at, '-crl_check_all', ...trusted, ...certificates]
}

function opensslColdMs(chain: Chain): number {
  const idle = timed(runs.cold, () => run('openssl', ['version']))
  const [program, ...args] = opensslVerify(chain, [chain.files.seal])
  return timed(runs.cold, () => run(program, args)) - idle
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} failed: ${stderr.slice(0, 500)}`)
}

function timed(times: number, work: () => unknown): number {
  const started = performance.now()
  for (let index = 0; index < times; index++) work()
  return (performance.now() - started) / times
}

function mustBeValid({ verdict, code, detail }: ReturnType<typeof validatePath>): void {
  if (verdict !== 'VALID') throw new Error(`the seal is refused: ${code} ${detail ?? ''}`)
}

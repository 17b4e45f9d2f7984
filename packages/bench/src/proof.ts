import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readEnvelope } from '@docaxis/edxml'
import { createTrust, parseCrl } from '@docaxis/pki'
import { createAuthority } from '@docaxis/pki/authority'
import { verifySeal } from '@docaxis/signature'
import { sealedDocument } from './load/documents.ts'
import { repositoryRoot } from './processes.ts'
import { median } from './statistics.ts'

export interface ProofResult {
  readonly size: string
  /** Median of the rounds, per document. */
  readonly oursMs: number
  /** `xmllint --schema` and `xmlsec1 --verify` together, process start subtracted. */
  readonly toolsMs: number
  /** Tools over ours: above 1 we are faster. Median of the ratios of each round. */
  readonly ratio: number
}

interface Case {
  readonly size: string
  readonly bytes: number
  /** Files a tool reads in one run; the run with two files is subtracted. */
  readonly files: number
  /** Before anything is measured: a hub runs for weeks, and its code is warm. */
  readonly warmUpRounds: number
}

const cases: readonly Case[] = [
  { size: '10 KB', bytes: 10_000, files: 200, warmUpRounds: 30 },
  { size: '10 MB', bytes: 10_000_000, files: 12, warmUpRounds: 3 },
]
const rounds = 5
const at = new Date('2026-01-05T03:00:00Z')

/** Proves the same envelopes with our code and with the two C tools, in turn, so that a drifting machine hits both. */
export async function measureProof(): Promise<ProofResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-proof-'))
  try {
    const authority = await createAuthority({
      name: 'docaxis bench CA',
      notBefore: new Date('2025-01-01T00:00:00Z'),
      notAfter: new Date('2035-01-01T00:00:00Z'),
    })
    const seal = await authority.issueIdentity({
      subject: { commonName: 'Văn phòng Trung ương' },
      keyType: 'rsa',
      notBefore: new Date('2025-06-01T00:00:00Z'),
      notAfter: new Date('2030-01-01T00:00:00Z'),
      keyUsage: ['digitalSignature', 'nonRepudiation'],
    })
    const crl = parseCrl(
      authority.crl({
        thisUpdate: new Date('2026-01-05T00:00:00Z'),
        nextUpdate: new Date('2026-01-06T00:00:00Z'),
        revoked: [],
        number: 1,
      }),
    )
    const trust = createTrust({ anchors: [authority.certificate], crls: [crl] })
    const anchorFile = join(folder, 'ca.pem')
    await writeFile(anchorFile, authority.certificatePem)
    const sealer = {
      code: 'G99',
      name: 'Văn phòng Trung ương',
      key: seal.privateKey,
      certificatePem: seal.certificatePem,
    }
    const holderOf = () => Promise.resolve({ holderCode: 'G99' })

    const prove = async (envelope: Buffer): Promise<void> => {
      const reading = readEnvelope(envelope, { profile: 'strict', receivedAt: at })
      if (reading.signature === undefined) throw new Error(`not readable: ${JSON.stringify(reading.findings)}`)
      const verdict = await verifySeal({ material: reading.signature, senderCode: 'G99', holderOf, trust, at })
      const error = reading.findings.find(finding => finding.severity === 'error')
      if (verdict.verdict !== 'VALID' || error !== undefined) throw new Error(`${verdict.code} ${error?.code}`)
    }

    const results: ProofResult[] = []
    for (const one of cases) {
      const envelope = sealedDocument(sealer, {
        documentId: randomUUID(),
        receivers: twelveReceivers,
        bytes: one.bytes,
      })
      results.push(await compare(one, envelope, prove, folder, anchorFile))
    }
    return results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const twelveReceivers = Array.from({ length: 12 }, (_, index) => ({
  code: `H${index + 10}`,
  name: `Tỉnh số ${index + 10}`,
}))

async function compare(
  one: Case,
  envelope: Buffer,
  prove: (envelope: Buffer) => Promise<void>,
  folder: string,
  anchorFile: string,
): Promise<ProofResult> {
  const caseFolder = join(folder, one.size.replace(' ', '-'))
  await mkdir(caseFolder)
  const files = await Promise.all(
    Array.from({ length: one.files + 2 }, async (_, index) => {
      const file = join(caseFolder, `${index}.edxml`)
      await writeFile(file, envelope)
      return file
    }),
  )
  const tools = () => toolMs(files, xmllint) + toolMs(files, verify => xmlsec1(verify, anchorFile))
  const ours = async () => {
    const started = performance.now()
    for (let index = 0; index < one.files; index++) await prove(envelope)
    return (performance.now() - started) / one.files
  }

  for (let round = 0; round < one.warmUpRounds; round++) await ours()
  const pairs: { ours: number; tools: number }[] = []
  for (let round = 0; round < rounds; round++) pairs.push({ ours: await ours(), tools: tools() })
  await rm(caseFolder, { recursive: true })
  return {
    size: one.size,
    oursMs: median(pairs.map(pair => pair.ours)),
    toolsMs: median(pairs.map(pair => pair.tools)),
    ratio: median(pairs.map(pair => pair.tools / pair.ours)),
  }
}

/** Time of one file: a run over all files less a run over two, so that the process start does not count. */
function toolMs(files: readonly string[], command: (files: readonly string[]) => readonly string[]): number {
  const time = (some: readonly string[]) => {
    const [program = '', ...args] = command(some)
    const started = performance.now()
    const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${program} failed: ${stderr.slice(0, 500)}`)
    return performance.now() - started
  }
  return (time(files) - time(files.slice(0, 2))) / (files.length - 2)
}

function xmllint(files: readonly string[]): readonly string[] {
  return [
    'xmllint',
    '--huge',
    '--noout',
    '--schema',
    join(repositoryRoot, 'schemas', 'edxml', 'envelope.xsd'),
    ...files,
  ]
}

function xmlsec1(files: readonly string[], anchorFile: string): readonly string[] {
  return ['xmlsec1', '--verify', '--trusted-pem', anchorFile, '--verification-time', '2026-01-05 03:00:00', ...files]
}

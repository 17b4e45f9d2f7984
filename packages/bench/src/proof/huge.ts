import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judgedAt, makeSigningMaterials, openSigningBench } from '../signing-bench.ts'
import { writeHugeEnvelope } from './huge-envelope.ts'
import { peakOfWay } from './peak-memory.ts'
import type { WayName } from './ways.ts'

export interface HugeResult {
  readonly way: WayName
  /** Of the whole process, its start included. */
  readonly seconds: number
  readonly peakBytes: number
}

const header = {
  sender: { agencyCode: 'G99', name: 'Văn phòng Trung ương' },
  receivers: [{ agencyCode: 'H10', name: 'Tỉnh số 10' }],
  documentId: 'G99,2030/01/15,huge',
  sentAt: judgedAt,
}

/** One very large envelope proved, taken in, and only hashed. */
export async function measureHuge(bytes: number): Promise<HugeResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'docaxis-huge-'))
  try {
    const materials = await makeSigningMaterials()
    await writeFile(join(folder, 'materials.json'), JSON.stringify({ ...materials, crl: [...materials.crl] }))
    const file = join(folder, 'huge.edxml')
    const { privateKey, certificate } = openSigningBench(materials).seals.rsa
    writeHugeEnvelope(file, { ...header, bytes }, { privateKey, certificates: [certificate] })
    const results: HugeResult[] = []
    for (const way of ['bare', 'proof', 'intake'] as const) {
      const startedAt = performance.now()
      const peakBytes = await peakOfWay(way, file, folder)
      results.push({ way, seconds: (performance.now() - startedAt) / 1000, peakBytes })
    }
    return results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

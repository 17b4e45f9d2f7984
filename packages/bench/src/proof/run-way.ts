import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSigningBench, type SigningMaterials } from '../signing-bench.ts'
import { type WayName, waysOf } from './ways.ts'

/** One run over one file, whose memory another process watches: `run-way.ts proof|intake|bare FILE FOLDER`. */
const [, , way = 'proof', path = '', folder = ''] = process.argv
const materials = JSON.parse(readFileSync(join(folder, 'materials.json'), 'utf8')) as SigningMaterials
const bench = openSigningBench({ ...materials, crl: Buffer.from(Object.values(materials.crl)) })
await waysOf(bench, folder)[way as WayName]({ path })

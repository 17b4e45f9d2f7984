import { readFileSync } from 'node:fs'
import type { Country } from './made-up-country.ts'

const provinces = new URL('../../../directory/data/reform-2025-provinces.json', import.meta.url)

/** The true provinces and the made-up level below them as one reform, one change a line. */
export function reformFile({ changes }: Country): Buffer {
  const { changes: ofProvinces, ...head } = JSON.parse(readFileSync(provinces, 'utf8'))
  const lines = [...ofProvinces, ...changes].map(change => `    ${JSON.stringify(change)}`)
  const text = JSON.stringify({ ...head, name: '2025', title: 'Diễn tập sắp xếp năm 2025', changes: [] })
  return Buffer.from(text.replace('"changes":[]', `"changes": [\n${lines.join(',\n')}\n]`))
}

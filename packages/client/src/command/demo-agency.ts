import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UsageError } from './exit-codes.ts'

/** One row of `<data>/demo/agencies.json`; file names are relative to that folder. */
export interface DemoAgency {
  readonly code: string
  readonly name: string
  readonly token: string
  readonly sealKeyFile?: string
  readonly sealCertFile?: string
}

/** What `--as CODE` stands for: a fictional agency of the demo hub on this machine. */
export async function demoAgency(dataDir: string, code: string): Promise<DemoAgency> {
  const folder = join(dataDir, 'demo')
  const list = await readFile(join(folder, 'agencies.json'), 'utf8').catch(() => {
    throw new UsageError(
      `--as ${code}: no demo found in ${folder}; start the demo hub first, or set DOCAXIS_DATA_DIR`,
      `--as ${code}: không thấy bản thử trong ${folder}; hãy khởi động Trục ở chế độ thử, hoặc đặt DOCAXIS_DATA_DIR`,
    )
  })
  const agencies = JSON.parse(list) as readonly DemoAgency[]
  const agency = agencies.find(candidate => candidate.code === code)
  if (!agency) {
    const known = agencies.map(candidate => candidate.code).join(', ')
    throw new UsageError(
      `--as ${code}: no such demo agency; there are ${known}`,
      `--as ${code}: bản thử không có cơ quan này; chỉ có ${known}`,
    )
  }
  return {
    ...agency,
    ...(agency.sealKeyFile && { sealKeyFile: resolve(folder, agency.sealKeyFile) }),
    ...(agency.sealCertFile && { sealCertFile: resolve(folder, agency.sealCertFile) }),
  }
}

import { readFile } from 'node:fs/promises'
import { parseCertificates } from '@docaxis/pki'
import type { Context } from '../../context.ts'
import { UsageError } from '../../exit-codes.ts'

/** The first certificate of a file, PEM or DER, as Base64. */
export async function certificateText(context: Context, name: string): Promise<string> {
  const bytes = await readFile(context.file(name))
  if (!bytes.includes('-----BEGIN')) return bytes.toString('base64')
  const [first] = parseCertificates(bytes)
  if (!first) throw new UsageError('the file holds no certificate', 'tệp không có chứng thư số nào')
  return first.der.toString('base64')
}

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

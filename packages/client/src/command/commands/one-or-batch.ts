import { UsageError } from '../exit-codes.ts'

/** A command takes one file, or a manifest of many with --batch. */
export function oneOrBatch(
  file: string | undefined,
  manifest: string | undefined,
  run: { readonly one: (file: string) => Promise<void>; readonly batch: (manifest: string) => Promise<void> },
): Promise<void> {
  if (manifest !== undefined && file === undefined) return run.batch(manifest)
  if (manifest === undefined && file !== undefined) return run.one(file)
  throw new UsageError(
    'name one file, or a manifest with --batch',
    'hãy chỉ ra một tệp, hoặc một danh sách bằng --batch',
  )
}

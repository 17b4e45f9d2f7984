import { apiUrl } from '../api.ts'

/**
 * Fetches a file and tells as it comes how much has come; one that breaks off is not kept.
 *
 * @param name under which it is saved
 */
export async function download(
  path: string,
  name: string,
  { told, signal }: { readonly told: (bytes: number) => void; readonly signal: AbortSignal },
): Promise<void> {
  const response = await fetch(apiUrl(path), { signal })
  if (!response.ok || !response.body) throw new Error(`the export answers ${response.status}`)
  const parts = await collect(response.body, told)
  keep(new Blob(parts, { type: response.headers.get('content-type') ?? '' }), name)
}

async function collect(body: ReadableStream<Uint8Array<ArrayBuffer>>, told: (bytes: number) => void) {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return parts
    parts.push(value)
    bytes += value.length
    told(bytes)
  }
}

function keep(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

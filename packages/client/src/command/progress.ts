import { bytes } from './output.ts'

/** Below this a transfer is over before a bar would help. */
const leastBytes = 4 * 1024 * 1024

/** One line on stderr that counts up, on a terminal only, for large files only. */
export function createProgress(stream: NodeJS.WriteStream): {
  readonly report: (doneBytes: number, totalBytes: number | undefined) => void
  readonly end: () => void
} {
  let shown = ''
  return {
    report(doneBytes, totalBytes) {
      if (!stream.isTTY || (totalBytes ?? 0) < leastBytes) return
      const percent = totalBytes ? ` ${Math.floor((doneBytes / totalBytes) * 100)}%` : ''
      const line = `${bytes(doneBytes)}${totalBytes ? ` / ${bytes(totalBytes)}` : ''}${percent}`
      if (line === shown) return
      shown = line
      stream.write(`\r\u001b[K${line}`)
    },
    end() {
      if (shown !== '') stream.write('\r\u001b[K')
    },
  }
}

import { open } from 'node:fs/promises'
import { readXmlTree } from '@docaxis/edxml/xml'
import type { Profile } from './file-verdict.ts'

const qcvn = 'http://www.mic.gov.vn/TBT/QCVN_102_2016'
/** A document that hides its first element behind a longer comment is judged as any XML. */
const headBytes = 256 * 1024

/** What may stand before the document element, and what ends it. */
const skipped: readonly (readonly [start: string, end: string])[] = [
  ['<?', '?>'],
  ['<!--', '-->'],
]
const startTag = /<([^\s<>/!?][^\s<>/]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/y

/** `edxml` for an edXML packet, by its document element; `generic` for everything else, readable or not. */
export async function detectProfile(file: string): Promise<Profile> {
  const [, name, rest] = documentElement(await headOf(file)) ?? []
  if (name === undefined || rest === undefined) return 'generic'
  // The reader resolves the name space, as it will when the whole is read.
  const tree = readXmlTree(Buffer.from(`<${name}${rest.replace(/\/$/, '')}/>`))
  const isPacket = 'root' in tree && tree.root.name === 'edXML' && tree.root.namespace === qcvn
  return isPacket ? 'edxml' : 'generic'
}

function documentElement(head: string): RegExpExecArray | null {
  let at = head.search(/[^\s\ufeff]/)
  for (let skip = skipAt(head, at); skip; skip = skipAt(head, at)) {
    const end = head.indexOf(skip[1], at + skip[0].length)
    if (end === -1) return null
    at = end + skip[1].length
    while (/\s/.test(head.charAt(at))) at += 1
  }
  startTag.lastIndex = Math.max(at, 0)
  return startTag.exec(head)
}

function skipAt(head: string, at: number): (typeof skipped)[number] | undefined {
  return skipped.find(([start]) => head.startsWith(start, at))
}

async function headOf(file: string): Promise<string> {
  await using handle = await open(file)
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
  return buffer.toString('utf8', 0, bytesRead)
}

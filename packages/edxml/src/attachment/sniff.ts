import { isUtf8 } from 'node:buffer'
import { bytesOfCutCharacter } from '../xml/utf8.ts'
import type { ByteSource } from './byte-source.ts'
import { startsLikeZip, zipEntries } from './zip-directory.ts'
import { extensionOf } from './zip-wrapper.ts'

const office = 'application/vnd.openxmlformats-officedocument.'
const openDocument = 'application/vnd.oasis.opendocument.'

const starts: readonly (readonly [start: Buffer, type: string])[] = [
  [Buffer.from('%PDF-'), 'application/pdf'],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'image/png'],
  [Buffer.from([0xff, 0xd8, 0xff]), 'image/jpeg'],
  [Buffer.from('GIF8'), 'image/gif'],
  [Buffer.from([0x49, 0x49, 0x2a, 0x00]), 'image/tiff'],
  [Buffer.from([0x4d, 0x4d, 0x00, 0x2a]), 'image/tiff'],
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'application/x-ole-storage'],
  [Buffer.from('{\\rtf'), 'application/rtf'],
  [Buffer.from('Rar!\x1a\x07'), 'application/vnd.rar'],
  [Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]), 'application/x-7z-compressed'],
]

const officeFolders: readonly (readonly [folder: string, type: string])[] = [
  ['word/', `${office}wordprocessingml.document`],
  ['xl/', `${office}spreadsheetml.sheet`],
  ['ppt/', `${office}presentationml.presentation`],
]

const ole = 'application/x-ole-storage'
const plain = 'text/plain'
const xml = 'application/xml'
/** What the content of a file with this extension may look like; other extensions are not judged. */
const typesOfExtension = new Map<string, readonly string[]>([
  ['pdf', ['application/pdf']],
  ['png', ['image/png']],
  ['jpg', ['image/jpeg']],
  ['jpeg', ['image/jpeg']],
  ['gif', ['image/gif']],
  ['tif', ['image/tiff']],
  ['tiff', ['image/tiff']],
  ['doc', [ole, 'application/rtf', xml]],
  ['xls', [ole, xml]],
  ['ppt', [ole]],
  ['rtf', ['application/rtf']],
  ['docx', [`${office}wordprocessingml.document`]],
  ['xlsx', [`${office}spreadsheetml.sheet`]],
  ['pptx', [`${office}presentationml.presentation`]],
  ['odt', [`${openDocument}text`]],
  ['ods', [`${openDocument}spreadsheet`]],
  ['zip', ['application/zip']],
  ['rar', ['application/vnd.rar']],
  ['7z', ['application/x-7z-compressed']],
  ['xml', [xml]],
  ['txt', [plain]],
])
const sniffedBytes = 4096

/** Media type found by content; undefined when unknown. ContentType is never trusted (edXML 7.2). */
export function sniffType(source: ByteSource): string | undefined {
  const head = source.subarray(0, Math.min(source.length, sniffedBytes))
  const known = starts.find(([start]) => head.subarray(0, start.length).equals(start))
  if (known !== undefined) return known[1]
  if (startsLikeZip(source)) return zipType(source, head)
  return textType(head, source.length > head.length)
}

/** Whether the extension of the name promises another content than was found. */
export function fitsName(name: string, type: string | undefined): boolean {
  const types = typesOfExtension.get(extensionOf(name))
  return types === undefined || (type !== undefined && types.includes(type))
}

/** Whether it is known what the content of such a file looks like. */
export function isKnownExtension(extension: string): boolean {
  return typesOfExtension.has(extension)
}

/** Extensions whose content may be of this type. */
export function extensionsOf(type: string): readonly string[] {
  return [...typesOfExtension].filter(([, types]) => types.includes(type)).map(([extension]) => extension)
}

function zipType(source: ByteSource, head: Buffer): string {
  const names = (zipEntries(source) ?? []).map(entry => entry.name)
  if (names[0] === 'mimetype') {
    const declared = /^application\/vnd\.oasis\.opendocument\.[a-z]+/.exec(head.toString('latin1', 38, 110))?.[0]
    if (declared !== undefined) return declared
  }
  if (!names.includes('[Content_Types].xml')) return 'application/zip'
  const found = officeFolders.find(([folder]) => names.some(name => name.startsWith(folder)))
  return found?.[1] ?? 'application/zip'
}

/** Judged by the beginning, so that a file of any size costs the same. */
function textType(head: Buffer, more: boolean): string | undefined {
  const whole = more ? head.subarray(0, head.length - bytesOfCutCharacter(head)) : head
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells text from noise.
  if (whole.length === 0 || /[\x00-\x08\x0e-\x1f]/.test(whole.toString('latin1')) || !isUtf8(whole)) return undefined
  return /^(?:\xef\xbb\xbf)?\s*<\?xml\s/.test(whole.toString('latin1', 0, 100)) ? xml : plain
}

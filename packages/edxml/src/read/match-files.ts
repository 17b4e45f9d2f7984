import type { FileEntry } from './attachments.ts'
import type { FindingList } from './findings.ts'

/**
 * Finds the manifest's Reference of each attachment (edXML 7.5): by ContentId; where neither side has one, by unique
 * name, else by position if the counts agree.
 */
export function matchFiles<File extends FileEntry>(
  findings: FindingList,
  references: readonly FileEntry[],
  files: readonly File[],
): ReadonlyMap<File, FileEntry> {
  reportDoubled(findings, references)
  reportDoubled(findings, files)
  const matches = new Map<File, FileEntry>()
  const byId = new Map<string | undefined, FileEntry>()
  for (const reference of references) byId.set(reference.contentId, reference)
  for (const file of files) {
    const reference = file.contentId === undefined ? undefined : byId.get(file.contentId)
    if (reference !== undefined) matches.set(file, reference)
  }
  matchNameless(findings, references, files, matches)

  const matched = new Set(matches.values())
  for (const file of files) if (!matches.has(file)) findings.custom(file.element, 'M.edXMLManifest.Reference', 'S')
  for (const reference of references) {
    if (!matched.has(reference)) findings.custom(reference.element, 'N.AttachmentEncoded.Attachment', 'E')
  }
  for (const [file, reference] of matches) reportOtherName(findings, file, reference)
  return matches
}

function reportDoubled(findings: FindingList, entries: readonly FileEntry[]): void {
  const seen = new Set<string>()
  for (const { contentId, element } of entries) {
    if (contentId === undefined) continue
    if (seen.has(contentId)) findings.custom(element, 'M.AttachmentEncoded.Attachment.ContentId', 'E', { contentId })
    seen.add(contentId)
  }
}

/** Entries without an id on either side. */
function matchNameless<File extends FileEntry>(
  findings: FindingList,
  references: readonly FileEntry[],
  files: readonly File[],
  matches: Map<File, FileEntry>,
): void {
  const openFiles = files.filter(file => file.contentId === undefined)
  if (openFiles.length === 0) return
  const openReferences = references.filter(reference => reference.contentId === undefined)
  const uniqueName = (entries: readonly FileEntry[], name: string | undefined) =>
    name !== undefined && entries.filter(entry => entry.name === name).length === 1
  for (const file of openFiles) {
    const byName = openReferences.find(reference => reference.name === file.name)
    const unique = uniqueName(openFiles, file.name) && uniqueName(openReferences, file.name)
    if (byName !== undefined && unique) matches.set(file, byName)
  }
  if (openFiles.length !== openReferences.length || openFiles.every(file => matches.has(file))) return
  const taken = new Set(matches.values())
  const left = openReferences.filter(reference => !taken.has(reference))
  for (const file of openFiles.filter(open => !matches.has(open))) {
    const reference = left.shift()
    if (reference === undefined) return
    matches.set(file, reference)
    findings.custom(reference.element, 'M.edXMLManifest.Reference.ContentId', 'W')
  }
}

function reportOtherName(findings: FindingList, file: FileEntry, reference: FileEntry): void {
  if (file.name === undefined || reference.name === undefined || file.name === reference.name) return
  findings.custom(file.element, 'M.edXMLManifest.Reference.AttachmentName', 'W')
}

import { extensionsOf, isKnownExtension } from './sniff.ts'
import { extensionOf } from './zip-wrapper.ts'

/**
 * Extensions for which a file may pass where a receiver lists those it takes. A known extension counts as long as the
 * content does not belie it; otherwise the content decides, and an extension that nobody can judge passes too.
 *
 * @param type found by content; absent when unknown, or when only the name is known yet
 */
export function fileKinds(name: string, type?: string): readonly string[] {
  const extension = extensionOf(name)
  const ofContent = type === undefined ? [] : extensionsOf(type)
  if (isKnownExtension(extension)) {
    return type === undefined || ofContent.includes(extension) ? [extension] : ofContent
  }
  return extension === '' ? ofContent : [extension, ...ofContent]
}

import type { Bilingual } from '../language.tsx'
import { usePick } from '../language.tsx'
import { Link } from '../router.tsx'
import type { Links } from './document-view.ts'
import { documentWords as words } from './words.ts'

const actingWords: Readonly<Record<string, Bilingual>> = {
  revoke: { vi: 'Được thu hồi bởi', en: 'Revoked by' },
  update: { vi: 'Được cập nhật bởi', en: 'Updated by' },
  replace: { vi: 'Được thay thế bởi', en: 'Replaced by' },
  'take-back': { vi: 'Được xin lấy lại bởi', en: 'Take-back asked by' },
}

/** What it answers, what answers it, and what changed or replaced it. */
export function RelatedDocuments({ links }: { readonly links: Links }) {
  const pick = usePick()
  const lines = [
    ...links.repliesTo.map(link => ({ ...link, how: words.answers, text: link.code ?? link.documentId })),
    ...links.replies.map(link => ({ ...link, how: words.answeredBy, text: link.documentId })),
    ...links.actedOnBy.map(link => ({ ...link, how: actingWords[link.action] ?? words.links, text: link.documentId })),
  ]
  return (
    <ul class="files">
      {lines.map(({ id, how, text, sender }, index) => (
        <li key={`${id}${index}`}>
          <span class="file">
            <span>
              {pick(how)}:{' '}
              {id ? (
                <Link to={`/documents/${id}`}>
                  <bdi>{text ?? id}</bdi>
                </Link>
              ) : (
                <bdi>{text}</bdi>
              )}
            </span>
            <span class="small">
              <bdi>{sender}</bdi>
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}

export const hasLinks = ({ repliesTo, replies, actedOnBy }: Links): boolean =>
  repliesTo.length + replies.length + actedOnBy.length > 0

import { apiUrl } from '../api.ts'
import { usePick } from '../language.tsx'
import { Time } from '../parts/time.tsx'
import type { DocumentView } from './document-view.ts'
import { receiptWords, documentWords as words } from './words.ts'

/** Signed evidence, one line each. */
export function Receipts({ document }: { readonly document: DocumentView }) {
  const pick = usePick()
  const { id, receipts, names } = document
  if (receipts.length === 0) return <p class="small">{pick(words.noReceipts)}</p>
  return (
    <ul class="files">
      {receipts.map(receipt => (
        <li key={receipt.id} id={`receipt-${receipt.id}`}>
          <span class="file">
            <span class="file-name">
              {pick(receiptWords[receipt.kind] ?? words.receipts)}
              {receipt.receiver && (
                <>
                  {': '}
                  <bdi>{names[receipt.receiver] ?? receipt.receiver}</bdi>
                </>
              )}
            </span>
            <span class="small">{receipt.issuedAt ? <Time at={receipt.issuedAt} /> : pick(words.signing)}</span>
          </span>
          {receipt.issuedAt && (
            <span class="row">
              <a
                class="button"
                href={apiUrl(`/documents/${id}/receipts/${receipt.id}?format=pdf`)}
                title={pick(words.printable)}
                download
              >
                PDF
              </a>
              <a class="button" href={apiUrl(`/documents/${id}/receipts/${receipt.id}`)} download>
                XML
              </a>
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

import { type Bilingual, localTime, usePick } from '../language.tsx'
import type { Trouble } from './document-view.ts'
import { faultWords, owedWords } from './words.ts'

const texts: Readonly<Record<string, Bilingual>> = {
  failed: { vi: 'Không giao được', en: 'Not delivered' },
  refused: { vi: 'Bên nhận từ chối tiếp nhận', en: 'The receiver refused it' },
  fault: { vi: 'Không thể chuyển', en: 'Cannot be delivered' },
  held: { vi: 'Đang giữ lại để kiểm tra tệp', en: 'Held for a check of its files' },
  withdrawn: { vi: 'Bên gửi đã rút lại', en: 'Withdrawn by the sender' },
  expired: { vi: 'Hết hạn trước khi được lấy về', en: 'Expired before it was fetched' },
  'take-back-asked': { vi: 'Bên gửi xin lấy lại, chờ trả lời', en: 'The sender asks to take it back' },
  'update-asked': { vi: 'Bên gửi xin cập nhật, chờ trả lời', en: 'The sender asks to update it' },
  'revoke-asked': { vi: 'Bên gửi thu hồi, chờ trả lời', en: 'The sender revokes it; an answer is awaited' },
  'change-refused': { vi: 'Bên nhận không đồng ý cập nhật, lấy lại', en: 'The receiver refused the change' },
}

/** What is wrong at a receiver, as a sentence: what, and why or since when. */
export function TroubleText({ trouble }: { readonly trouble: Trouble }) {
  const pick = usePick()
  const { kind, reason, owed, dueAt } = trouble
  if (kind === 'late') {
    const what = pick(owedWords[owed ?? ''] ?? { vi: '', en: '' })
    return (
      <>
        {pick({
          vi: `Quá hạn từ ${localTime(dueAt ?? '')}: ${what}`,
          en: `Late since ${localTime(dueAt ?? '')}: ${what}`,
        })}
      </>
    )
  }
  const known = kind === 'fault' ? faultWords[reason?.split('.').at(-1) ?? ''] : undefined
  return (
    <>
      {pick(texts[kind] ?? { vi: kind, en: kind })}
      {known
        ? `: ${pick(known)}`
        : reason && (
            <>
              : <bdi>{reason}</bdi>
            </>
          )}
    </>
  )
}

const gentle: ReadonlySet<string> = new Set([
  'held',
  'withdrawn',
  'late',
  'take-back-asked',
  'update-asked',
  'revoke-asked',
])

/** How bad it is: what may still come right waits. */
export const troubleTone = ({ kind }: Trouble): 'bad' | 'wait' => (gentle.has(kind) ? 'wait' : 'bad')

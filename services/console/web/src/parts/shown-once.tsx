import { useEffect, useRef, useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { partWords as words } from './words.ts'

interface ShownOnceProps {
  readonly title: string
  readonly pairs: readonly { readonly name: string; readonly value: string }[]
  /** What stands in the last place, and is the secret. */
  readonly secretName: string
  readonly secret: string
  readonly hint: string
}

/** A secret that the hub itself does not know any more. The keyboard is led to it. */
export function ShownOnce({ title, pairs, secretName, secret, hint }: ShownOnceProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [secret])
  return (
    <div ref={box} class="once" role="status" tabIndex={-1}>
      <p class="strong">{title}</p>
      <dl class="pairs">
        {pairs.map(({ name, value }) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
        <dt>{secretName}</dt>
        <dd class="secret">{secret}</dd>
      </dl>
      <Copy text={secret} />
      <p class="small">{hint}</p>
    </div>
  )
}

/** Browsers give the clipboard to pages that came over TLS, or from this machine. */
function Copy({ text }: { readonly text: string }) {
  const pick = usePick()
  const [copied, setCopied] = useState(false)
  if (!navigator.clipboard) return null
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true))
  return (
    <button type="button" class="button" onClick={() => void copy()}>
      {pick(copied ? words.copied : words.copy)}
    </button>
  )
}

import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { usePick } from '../language.tsx'
import { Failure } from './states.tsx'
import { partWords } from './words.ts'

interface AskProps {
  /** On the button that opens it, and its heading. */
  readonly label: string
  /** Whom or what it concerns. */
  readonly about?: string
  /** What it will do, said before it does it. */
  readonly what: ComponentChildren
  /** On the button that does it. */
  readonly confirm: string
  readonly danger?: boolean
  /** On the opening button, where the label alone does not say of which. */
  readonly name?: string
  /** Each opening begins with an empty form. */
  readonly onOpen?: () => void
  /** The dialog closes once it is done, and shows why where it is refused. */
  readonly act: () => Promise<void>
  /** Fields of the form. */
  readonly children?: ComponentChildren
}

/** A button that says what it will do, and then does it. */
export function Ask({ label, about, what, confirm, danger = false, name, onOpen, act, children }: AskProps) {
  const pick = usePick()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const open = () => {
    setError(undefined)
    onOpen?.()
    dialog.current?.showModal()
  }
  const go = async (event: SubmitEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await act()
      dialog.current?.close()
    } catch (refused) {
      setError(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <button
        type="button"
        class={danger ? 'button danger' : 'button'}
        aria-label={name}
        aria-haspopup="dialog"
        onClick={open}
      >
        {label}
      </button>
      <dialog ref={dialog} class="dialog" aria-labelledby={id}>
        <form class="stack" onSubmit={go}>
          <h2 id={id}>
            {label}
            {about !== undefined && (
              <>
                : <bdi>{about}</bdi>
              </>
            )}
          </h2>
          <p>{what}</p>
          {children}
          {error !== undefined && <Failure error={error} />}
          <div class="row">
            <button type="submit" class={danger ? 'button danger' : 'button primary'} disabled={busy}>
              {confirm}
            </button>
            <button type="button" class="button" onClick={() => dialog.current?.close()}>
              {pick(partWords.cancel)}
            </button>
          </div>
        </form>
      </dialog>
    </>
  )
}

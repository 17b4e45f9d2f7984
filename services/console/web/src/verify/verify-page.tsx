import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bilingual, usePick } from '../language.tsx'
import { words } from '../words.ts'
import type { Answer } from './answer.ts'
import { AnswerView } from './answer-view.tsx'
import { askReceipt, askVerdict, NoAnswer, receiptNamedIn } from './ask.ts'
import { DropArea } from './drop-area.tsx'

type State =
  | { readonly is: 'waiting' }
  | { readonly is: 'checking'; readonly name: string }
  | { readonly is: 'answered'; readonly name: string; readonly answer: Answer }
  | { readonly is: 'failed'; readonly name: string; readonly why: Bilingual }

/** Drop a file, read a sentence. Open to everybody; nothing is kept. */
export function VerifyPage() {
  const pick = usePick()
  const [state, setState] = useState<State>({ is: 'waiting' })
  const running = useRef<AbortController>(undefined)
  const result = useRef<HTMLElement>(null)

  async function check(name: string, ask: (signal: AbortSignal) => Promise<Answer>): Promise<void> {
    running.current?.abort()
    const control = new AbortController()
    running.current = control
    setState({ is: 'checking', name })
    try {
      setState({ is: 'answered', name, answer: await ask(control.signal) })
    } catch (error) {
      if (control.signal.aborted) return
      setState({ is: 'failed', name, why: error instanceof NoAnswer ? error.text : words.tryLater })
    }
  }

  // Whoever scanned the code of a printed receipt comes with its name in the address.
  useEffect(() => {
    const checkNamed = () => {
      const named = receiptNamedIn(location.hash)
      if (named) void check(named.id, signal => askReceipt(named, signal))
    }
    checkNamed()
    addEventListener('hashchange', checkNamed)
    return () => removeEventListener('hashchange', checkNamed)
  }, [])

  useEffect(() => {
    if (state.is === 'answered' || state.is === 'failed') result.current?.focus()
  }, [state])

  return (
    <>
      <h1>{pick(words.verifyTitle)}</h1>
      <p class="lead">{pick(words.verifyLead)}</p>
      <DropArea
        again={state.is === 'answered' || state.is === 'failed'}
        onFile={file => check(file.name, signal => askVerdict(file, signal))}
      />
      <p class="notice">
        <strong>{pick(words.secret)}</strong> {pick(words.notKept)}
      </p>
      <section ref={result} class="result" tabIndex={-1} aria-live="polite" aria-busy={state.is === 'checking'}>
        <Result state={state} />
      </section>
    </>
  )
}

function Result({ state }: { readonly state: State }) {
  const pick = usePick()
  switch (state.is) {
    case 'waiting':
      return null
    case 'checking':
      return (
        <p class="checking">
          {pick(words.checking)}: <bdi>{state.name}</bdi>
        </p>
      )
    case 'failed':
      return (
        <div class="verdict wait" role="alert">
          <p>
            <bdi>{state.name}</bdi>: {pick(state.why)}
          </p>
        </div>
      )
    case 'answered':
      return <AnswerView answer={state.answer} fileName={state.name} />
  }
}

import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bilingual, usePick } from '../language.tsx'
import { words } from '../words.ts'
import type { Answer } from './answer.ts'
import { AnswerView } from './answer-view.tsx'
import { askVerdict, NoAnswer } from './ask.ts'
import { DropArea } from './drop-area.tsx'

type State =
  | { readonly is: 'waiting' }
  | { readonly is: 'checking'; readonly file: File }
  | { readonly is: 'answered'; readonly file: File; readonly answer: Answer }
  | { readonly is: 'failed'; readonly file: File; readonly why: Bilingual }

/** Drop a file, read a sentence. Open to everybody; nothing is kept. */
export function VerifyPage() {
  const pick = usePick()
  const [state, setState] = useState<State>({ is: 'waiting' })
  const running = useRef<AbortController>(undefined)
  const result = useRef<HTMLElement>(null)

  async function check(file: File): Promise<void> {
    running.current?.abort()
    const control = new AbortController()
    running.current = control
    setState({ is: 'checking', file })
    try {
      const answer = await askVerdict(file, control.signal)
      setState({ is: 'answered', file, answer })
    } catch (error) {
      if (control.signal.aborted) return
      setState({ is: 'failed', file, why: error instanceof NoAnswer ? error.text : words.tryLater })
    }
  }

  useEffect(() => {
    if (state.is === 'answered' || state.is === 'failed') result.current?.focus()
  }, [state])

  return (
    <>
      <h1>{pick(words.verifyTitle)}</h1>
      <p class="lead">{pick(words.verifyLead)}</p>
      <DropArea again={state.is === 'answered' || state.is === 'failed'} onFile={check} />
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
          {pick(words.checking)}: <bdi>{state.file.name}</bdi>
        </p>
      )
    case 'failed':
      return (
        <p class="verdict wait" role="alert">
          <bdi>{state.file.name}</bdi>: {pick(state.why)}
        </p>
      )
    case 'answered':
      return <AnswerView answer={state.answer} fileName={state.file.name} />
  }
}

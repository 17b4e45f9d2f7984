import { useRef, useState } from 'preact/hooks'
import { type Upload, upload } from '../parts/upload.ts'

/** One file under way at a time, how far it has come, and what became of it. */
export function useUpload<Answer>() {
  const [share, setShare] = useState<number>()
  const [error, setError] = useState<unknown>()
  const [answer, setAnswer] = useState<Answer>()
  const running = useRef<Upload<Answer>>(null)
  const stopped = useRef(false)

  async function send(path: string, file: Blob): Promise<void> {
    forget()
    setShare(0)
    stopped.current = false
    running.current = upload<Answer>(path, file, setShare)
    try {
      setAnswer(await running.current.answer)
    } catch (refused) {
      if (!stopped.current) setError(refused)
    } finally {
      setShare(undefined)
    }
  }

  function stop(): void {
    stopped.current = true
    running.current?.stop()
  }

  function forget(): void {
    setError(undefined)
    setAnswer(undefined)
  }

  return { share, error, answer, send, stop, forget }
}

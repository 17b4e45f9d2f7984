import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** What such a thread is told: first what stands in the directory, piece by piece, then the question. */
export type ThreadMessage<Node, Question> = { readonly existing: readonly Node[] } | { readonly question: Question }

type Pieces = AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>
type Ask = (existing: Pieces, question: unknown) => Promise<unknown>

/** One a script and process. Starting and ending one for each file would cost more than a small file does. */
const threads = new Map<string, Ask>()

/**
 * Asks a thread of its own: reading 111,000 agencies takes over two seconds, in which this process goes on answering.
 * Questions take turns, so that many files at once do not fill the memory.
 *
 * @param script answers one message to each question, and forgets what stood in the directory
 * @param existing what stands in the directory
 */
export async function askDirectoryThread<Node, Question, Answer>(
  script: URL,
  existing: AsyncIterable<readonly Node[]> | Iterable<readonly Node[]>,
  question: Question,
): Promise<Answer> {
  const ask = threads.get(script.href) ?? createThread(script)
  threads.set(script.href, ask)
  return (await ask(existing, question)) as Answer
}

function createThread(script: URL): Ask {
  let worker: Worker | undefined
  let last: Promise<unknown> = Promise.resolve()

  async function answerTo(existing: Pieces, question: unknown): Promise<unknown> {
    const thread = worker ?? start(script)
    worker = thread
    thread.ref()
    const answering = once(thread, 'message')
    // Should it fail while the directory is still being read, it is awaited below all the same.
    answering.catch(() => {})
    try {
      for await (const nodes of existing) thread.postMessage({ existing: nodes })
      thread.postMessage({ question })
      const [answer] = await answering
      thread.unref()
      return answer
    } catch (error) {
      // It holds a part of something, or has ended: the next question has another one.
      worker = undefined
      await thread.terminate()
      throw error
    }
  }

  return (existing, question) => {
    const turn = last.then(() => answerTo(existing, question))
    last = turn.catch(() => {})
    return turn
  }
}

function start(script: URL): Worker {
  const thread = new Worker(script)
  // Whoever asks is told of it; between questions nobody is there to be told.
  thread.on('error', () => {})
  return thread
}

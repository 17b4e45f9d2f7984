import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** What such a thread is told: first what stands in the directory, piece by piece, then the question. */
export type ThreadMessage<Node, Question> = { readonly existing: readonly Node[] } | { readonly question: Question }

/**
 * Asks a thread of its own: reading 111,000 agencies takes over two seconds, in which this process goes on answering.
 *
 * @param script answers one message to the question
 * @param existing what stands in the directory
 */
export async function askDirectoryThread<Node, Question, Answer>(
  script: URL,
  existing: AsyncIterable<readonly Node[]> | Iterable<readonly Node[]>,
  question: Question,
): Promise<Answer> {
  const thread = new Worker(script)
  const tell = (message: ThreadMessage<Node, Question>) => thread.postMessage(message)
  const answering = once(thread, 'message')
  // Should it fail while the directory is still being read, it is awaited below all the same.
  answering.catch(() => {})
  try {
    for await (const nodes of existing) tell({ existing: nodes })
    tell({ question })
    const [answer]: Answer[] = await answering
    if (answer === undefined) throw new Error('the thread that reads directories gave no answer')
    return answer
  } finally {
    await thread.terminate()
  }
}

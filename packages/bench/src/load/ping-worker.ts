import { request } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

/** Calls one URL over and over from a thread of its own, so that whoever loads the hub does not disturb the clock. */
const { url, everyMs } = workerData as { readonly url: string; readonly everyMs: number }
const took: number[] = []

function call(): Promise<void> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false }, answer => {
      answer.resume()
      answer.on('end', () => {
        took.push(performance.now() - startedAt)
        resolve()
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

let stopped = false
parentPort?.once('message', () => {
  stopped = true
})
while (!stopped) {
  await call()
  await new Promise(resolve => setTimeout(resolve, everyMs))
}
parentPort?.postMessage(took)

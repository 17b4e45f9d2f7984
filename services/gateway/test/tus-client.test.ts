import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { DetailedError, Upload, type UploadOptions } from 'tus-js-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGateway, testGateway } from './harness.ts'
import { sha256 } from './uploading.ts'

// A client of the protocol that we did not write says whether we speak it.

const sockets = new Set<Socket>()
let hub: TestGateway
let endpoint: string

beforeAll(async () => {
  hub = await testGateway()
  hub.app.server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  endpoint = `${await hub.listen()}/api/v1/uploads`
})
afterAll(() => hub?.close())

function envelope(): Buffer {
  const attachments = [{ name: '12.bin', content: randomBytes(900_000) }]
  return hub.sealed({ sender: 'G99', receivers: ['H99'], attachments })
}

const stored = async (xml: Buffer) => (await hub.blobs.read(sha256(xml))).equals(xml)

interface Outcome {
  readonly status: number
  readonly body: string
  readonly url: string | null
}

/** Runs an upload to its end. @throws DetailedError */
function upload(xml: Buffer, options: Partial<UploadOptions> = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const running = new Upload(xml, {
      endpoint,
      headers: hub.as('g99'),
      chunkSize: 100_000,
      retryDelays: [0, 200, 500, 1000, 2000, 4000, 8000, 16_000],
      onError: reject,
      onSuccess: ({ lastResponse }) =>
        resolve({ status: lastResponse.getStatus(), body: lastResponse.getBody(), url: running.url }),
      ...options,
    })
    running.start()
  })
}

it('sends a document in parts and reads the answer to the whole from the last one', async () => {
  const xml = envelope()
  const seen: number[] = []

  const outcome = await upload(xml, {
    metadata: { filename: '12.edxml' },
    onChunkComplete: (_size, accepted) => seen.push(accepted),
  })

  expect(outcome.status).toBe(202)
  expect(JSON.parse(outcome.body)).toMatchObject({ sha256: sha256(xml), sizeBytes: xml.length })
  expect(seen).toEqual([...seen].sort((left, right) => left - right))
  expect(seen.length).toBe(Math.ceil(xml.length / 100_000))
  expect(await stored(xml)).toBe(true)
})

it('sends a document in one part', async () => {
  const xml = envelope()

  expect((await upload(xml, { chunkSize: Number.POSITIVE_INFINITY })).status).toBe(202)
  expect(await stored(xml)).toBe(true)
})

it('goes on by itself when connections break', async () => {
  const xml = envelope()
  let cuts = 0

  const outcome = await upload(xml, {
    onChunkComplete: (_size, accepted) => {
      if (accepted < 300_000 * (cuts + 1)) return
      cuts += 1
      for (const socket of sockets) socket.destroy()
    },
  })

  expect(cuts).toBeGreaterThan(1)
  expect(outcome.status).toBe(202)
  expect(await stored(xml)).toBe(true)
})

it('goes on from what an earlier run has left, and finds an upload that is whole to be so', async () => {
  const xml = envelope()
  const url = await new Promise<string>((resolve, reject) => {
    const running = new Upload(xml, {
      endpoint,
      headers: hub.as('g99'),
      chunkSize: 100_000,
      onError: reject,
      onChunkComplete: (_size, accepted) => {
        if (accepted >= 400_000) void running.abort().then(() => resolve(running.url ?? ''))
      },
    })
    running.start()
  })

  const resumed: number[] = []
  const outcome = await upload(xml, { uploadUrl: url, onChunkComplete: (_size, accepted) => resumed.push(accepted) })
  const whole = await upload(xml, { uploadUrl: url })

  expect(outcome.status).toBe(202)
  expect(resumed[0]).toBeGreaterThanOrEqual(500_000)
  expect(whole.status).toBe(200)
  expect(await stored(xml)).toBe(true)
})

it('is told why a document is refused', async () => {
  const forged = Buffer.from(envelope().toString('latin1').replace('CodeNumber>12<', 'CodeNumber>13<'), 'latin1')

  const refused = await upload(forged).catch((error: unknown) => error)

  expect(refused).toBeInstanceOf(DetailedError)
  const { originalResponse } = refused as DetailedError
  expect(originalResponse?.getStatus()).toBe(422)
  expect(JSON.parse(originalResponse?.getBody() ?? '')).toMatchObject({ code: 'SIGNATURE_REFUSED' })
})

it('gives an upload up', async () => {
  const { url } = await upload(envelope())

  await Upload.terminate(url ?? '', { endpoint, headers: hub.as('g99') })

  const gone = upload(randomBytes(10), { uploadUrl: url, endpoint: null })
  await expect(gone).rejects.toBeInstanceOf(DetailedError)
})

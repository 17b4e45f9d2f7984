import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { eicar, eicarName, itWithPrograms, type TestClamd, testClamd } from '@docaxis/testkit'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createClamd } from '../src/index.ts'

const itWithClamd = itWithPrograms('clamd')

describe('a real clamd', () => {
  const started: TestClamd[] = []
  afterAll(() => Promise.all(started.map(clamd => clamd.close())))

  async function clamdWith(limits: { maxStreamBytes?: number } = {}) {
    const clamd = await testClamd(limits)
    started.push(clamd)
    return createClamd({ url: clamd.url })
  }

  itWithClamd('finds the EICAR file, also at the end of a large one, and nothing in others', async () => {
    const scanner = await clamdWith()
    const large = Buffer.alloc(3_000_000, 'a')

    const verdicts = await Promise.all([
      scanner.scan(pieces(eicar)),
      scanner.scan(pieces(large, eicar)),
      scanner.scan(pieces(large)),
      scanner.scan(pieces()),
    ])

    expect(verdicts).toEqual([
      { result: 'infected', detail: eicarName },
      { result: 'infected', detail: eicarName },
      { result: 'clean' },
      { result: 'clean' },
    ])
  })

  itWithClamd('says nothing about a file that is larger than it takes', async () => {
    const scanner = await clamdWith({ maxStreamBytes: 1024 * 1024 })

    const verdict = await scanner.scan(pieces(Buffer.alloc(8 * 1024 * 1024)))

    // clamd closes while more is on its way to it: the broken pipe may be there before its answer is read.
    const detail = expect.stringMatching(/size limit exceeded|EPIPE|ECONNRESET/)
    expect(verdict).toMatchObject({ result: 'unscanned', detail })
  })
})

describe('an answer that is not exactly clamd’s is no answer', () => {
  const servers: Server[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close()
  })

  async function scannerAnswering(handle: (socket: Socket) => void, silenceMs = 5_000) {
    const server = createServer(socket => {
      socket.on('error', () => undefined)
      handle(socket)
    }).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return createClamd({ url: `tcp://127.0.0.1:${address.port}`, silenceMs })
  }

  it.each([
    { answer: 'nothing', said: '' },
    { answer: 'OK without its frame', said: 'OK\0' },
    { answer: 'a line that is not ended', said: 'stream: OK' },
    { answer: 'OK for another thing', said: 'streams: OK\0' },
    { answer: 'more than was asked', said: 'stream: OK\0stream: OK\0' },
    { answer: 'an error', said: 'INSTREAM: Can not allocate memory ERROR\0' },
    { answer: 'HTML', said: '<html>'.repeat(10_000) },
  ])('$answer', async ({ said }) => {
    const scanner = await scannerAnswering(socket => {
      socket.resume()
      socket.on('end', () => socket.end(said))
    })

    expect(await scanner.scan(pieces(Buffer.from('abc')))).toMatchObject({ result: 'unscanned' })
  })

  it('silence, before or after the file is sent', async () => {
    const deaf = await scannerAnswering(socket => socket.pause(), 50)
    const mute = await scannerAnswering(socket => socket.resume(), 50)

    const verdicts = await Promise.all([deaf, mute].map(scanner => scanner.scan(pieces(Buffer.alloc(50_000_000)))))

    expect(verdicts.map(({ result }) => result)).toEqual(['unscanned', 'unscanned'])
  })

  it('nobody at the address', async () => {
    const scanner = createClamd({ url: 'unix:/nowhere/clamd.sock' })

    expect(await scanner.scan(pieces(eicar))).toMatchObject({ result: 'unscanned' })
  })

  it('the file itself breaks off', async () => {
    const scanner = await scannerAnswering(socket => socket.resume())

    const verdict = await scanner.scan(
      (async function* () {
        yield Buffer.from('abc')
        throw new Error('the disk is gone')
      })(),
    )

    expect(verdict).toEqual({ result: 'unscanned', detail: 'the disk is gone' })
  })
})

async function* pieces(...parts: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* parts
}

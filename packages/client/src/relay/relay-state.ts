import { open, readFile, rename } from 'node:fs/promises'

/** What a relay remembers between two runs. */
export interface RelayMemory {
  /** The hub that it belongs to. */
  readonly url: string
  readonly webhookId: string
  /** `whsec_…`: signs envelopes, and verifies what is received. */
  readonly secret: string
  /** Ids that the office has taken and the hub does not know of yet. */
  readonly taken: readonly string[]
}

/** The memory of one relay, in a file that only its user reads. Each change is on disk before anything is built on it. */
export interface RelayState {
  readonly memory: RelayMemory
  wasTaken(id: string): boolean
  noteTaken(id: string): Promise<void>
  forgetTaken(ids: readonly string[]): Promise<void>
}

/** Undefined: there is no such file yet. */
export async function findRelayState(file: string): Promise<RelayState | undefined> {
  const text = await readFile(file, 'utf8').catch(error => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? undefined : stateOf(file, JSON.parse(text) as RelayMemory)
}

export async function createRelayState(file: string, memory: RelayMemory): Promise<RelayState> {
  await write(file, memory)
  return stateOf(file, memory)
}

function stateOf(file: string, first: RelayMemory): RelayState {
  let memory = first
  const keep = async (taken: readonly string[]) => {
    memory = { ...memory, taken }
    await write(file, memory)
  }
  return {
    get memory() {
      return memory
    },
    wasTaken: id => memory.taken.includes(id),
    noteTaken: id => keep([...memory.taken, id]),
    forgetTaken: ids => keep(memory.taken.filter(id => !ids.includes(id))),
  }
}

/** Whole or not at all: a kill leaves the file of before. */
async function write(file: string, memory: RelayMemory): Promise<void> {
  const next = `${file}.next`
  const handle = await open(next, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(memory, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(next, file)
}

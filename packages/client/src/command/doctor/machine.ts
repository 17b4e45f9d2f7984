import { constants } from 'node:fs'
import { access, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { type CheckResult, fault, note, ok, reasonOf } from './check.ts'

const neededNode = 24

export function checkNode(): CheckResult {
  const { node } = process.versions
  return Number(node.split('.')[0]) >= neededNode
    ? ok('node', `Node.js ${node}`)
    : fault('node', `Node.js ${node}`, `start docaxis through pnpm, which brings Node.js ${neededNode}`)
}

/** The folder is there, or can be made, and takes a file. */
export async function checkDataDir(dataDir: string): Promise<CheckResult> {
  const exists = await stat(dataDir).then(
    info => info.isDirectory(),
    () => false,
  )
  if (!exists) {
    return access(await nearestFolder(dataDir), constants.W_OK).then(
      () => ok('data folder', `${dataDir} will be made at the first start`),
      () => fault('data folder', `${dataDir} cannot be made`, 'set DOCAXIS_DATA_DIR to a folder you may write in'),
    )
  }
  const probe = join(dataDir, `.doctor-${process.pid}`)
  try {
    await writeFile(probe, 'probe', { flush: true })
    await rm(probe)
    return ok('data folder', `${dataDir} is writable`)
  } catch (error) {
    return fault('data folder', `${dataDir}: ${reasonOf(error)}`, `give this user write access to ${dataDir}`)
  }
}

async function nearestFolder(path: string): Promise<string> {
  const above = dirname(path)
  if (above === path) return path
  return access(above).then(
    () => above,
    () => nearestFolder(above),
  )
}

/** Free, or held by a hub, or held by something else; `describe` tells which hub answers there. */
export async function checkPort(
  host: string,
  port: number,
  describe: () => Promise<string | undefined>,
): Promise<CheckResult> {
  const name = `port ${port}`
  if (port === 0) return ok('port', 'any free port is taken')
  const failure = await tryListen(host, port)
  if (failure === undefined) return ok(name, `free on ${host}`)
  if (failure.code === 'EACCES') {
    return fault(name, 'needs rights this user lacks', 'set DOCAXIS_HTTP_PORT to a port above 1023')
  }
  if (failure.code !== 'EADDRINUSE') {
    return fault(name, reasonOf(failure), 'set DOCAXIS_HTTP_HOST to an address of this machine')
  }
  const hub = await describe()
  return hub === undefined
    ? fault(name, `in use on ${host} by another program`, 'stop that program, or set DOCAXIS_HTTP_PORT to a free port')
    : note(name, `in use by a docaxis hub (${hub})`)
}

function tryListen(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', error => resolve(error))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

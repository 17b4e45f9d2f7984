import { createServer } from 'node:net'
import { StartRefused } from '@docaxis/service'

/**
 * Asks for the port before anything is started, so that the commonest mistake is told at once.
 *
 * @throws StartRefused when it cannot be had
 */
export async function requirePort(host: string, port: number): Promise<void> {
  if (port === 0) return
  await new Promise<void>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', error => reject(new StartRefused(reasonOf(error, host, port), error)))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()))
  })
}

function reasonOf(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} is taken by another program: stop it, or set DOCAXIS_HTTP_PORT to a free port`
    case 'EACCES':
      return `this user may not listen on port ${port}: set DOCAXIS_HTTP_PORT to a port above 1023`
    default:
      return `${host}:${port} cannot be listened on: correct DOCAXIS_HTTP_HOST`
  }
}

import { type EvidenceServer, startEvidenceServer } from './server.ts'

/** Serves lists and certificates from memory, as an authority's web server does. */
export interface FileServer extends EvidenceServer {
  /** Path to content; change it to serve a newer, a stale or a stranger's list. */
  readonly files: Map<string, Uint8Array>
}

/** A plain file server, with the troubles every server can have. */
export async function testFileServer(content: Readonly<Record<string, Uint8Array>> = {}): Promise<FileServer> {
  const files = new Map(Object.entries(content))
  const server = await startEvidenceServer<never>(async ({ path }) => {
    const body = files.get(path)
    return body && { type: path.endsWith('.crl') ? 'application/pkix-crl' : 'application/octet-stream', body }
  })
  return Object.assign(server, { files })
}

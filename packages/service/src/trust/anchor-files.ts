import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Certificate, parseCertificate, parseCertificates } from '@docaxis/pki'
import { type AnchorPurpose, anchorPurposes } from '@docaxis/store'

/** An anchor of the configuration, and where it stands. */
export interface AnchorFile {
  readonly path: string
  readonly certificate: Certificate
  readonly purposes: readonly AnchorPurpose[]
}

const certificateFile = /\.(pem|crt|cer|der)$/i

/**
 * Every certificate in the files of `DOCAXIS_ANCHORS_DIR`, PEM bundles or DER. Files at the top serve every purpose,
 * those of a subfolder (`seal/`, `official/`, `tls/`, `tsa/`, `ocsp/`) that one. The system's own store is never used
 * (V25).
 */
export async function readAnchorFiles(folder: string | undefined): Promise<AnchorFile[]> {
  if (folder === undefined) return []
  const folders = [
    { path: folder, purposes: anchorPurposes },
    ...anchorPurposes.map(purpose => ({ path: join(folder, purpose), purposes: [purpose] })),
  ]
  return mergeAnchors((await Promise.all(folders.map(readFolder))).flat())
}

async function readFolder({ path: folder, purposes }: { path: string; purposes: readonly AnchorPurpose[] }) {
  const names = (await namesIn(folder, purposes)).filter(name => certificateFile.test(name)).sort()
  const files = await Promise.all(
    names.map(async name => ({ path: join(folder, name), bytes: await readFile(join(folder, name)) })),
  )
  return files.flatMap(({ path, bytes }) => certificatesIn(bytes).map(certificate => ({ path, certificate, purposes })))
}

/** The folder itself must be there; one for a purpose may be missing. */
async function namesIn(folder: string, purposes: readonly AnchorPurpose[]): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (purposes.length === 1 && error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** The same certificate in several folders is one anchor for all their purposes. */
function mergeAnchors(files: readonly AnchorFile[]): AnchorFile[] {
  const merged = new Map<string, AnchorFile>()
  for (const file of files) {
    const known = merged.get(file.certificate.sha256)
    const purposes = anchorPurposes.filter(
      purpose => file.purposes.includes(purpose) || known?.purposes.includes(purpose),
    )
    merged.set(file.certificate.sha256, { ...(known ?? file), purposes })
  }
  return [...merged.values()]
}

/** A DER certificate begins with a SEQUENCE; PEM is text. */
function certificatesIn(bytes: Buffer): Certificate[] {
  return bytes[0] === 0x30 ? [parseCertificate(bytes)] : parseCertificates(bytes)
}

import { apiUrl, csrfHeaders, type Refused, refusalOf, unreached } from '../api.ts'

export interface Upload<Answer> {
  readonly answer: Promise<Answer>
  readonly stop: () => void
}

/**
 * Sends a file and tells how much of it has gone: what `fetch` cannot tell.
 *
 * @param told the share that has gone, 0–1
 * @throws Refused
 */
export function upload<Answer>(path: string, file: Blob, told: (share: number) => void): Upload<Answer> {
  const request = new XMLHttpRequest()
  const answer = new Promise<Answer>((resolve, reject) => {
    request.open('POST', apiUrl(path))
    for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded, total }) => told(total > 0 ? loaded / total : 1)
    request.onerror = () => reject(unreached())
    request.onabort = () => reject(unreached())
    request.onload = () => {
      const good = request.status >= 200 && request.status < 300
      if (good) resolve(JSON.parse(request.responseText))
      else reject(refusalOfText(request.status, request.responseText))
    }
    request.send(file)
  })
  return { answer, stop: () => request.abort() }
}

function refusalOfText(status: number, text: string): Refused {
  try {
    return refusalOf(status, JSON.parse(text))
  } catch {
    return refusalOf(status, {})
  }
}

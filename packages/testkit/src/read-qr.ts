import { execFileSync } from 'node:child_process'
import jsqr from 'jsqr'

/** What a camera reads on one page: the page as a picture, and what is found in it. */
export async function qrCodesOn(pdf: string, page: number): Promise<string[]> {
  const args = ['-f', String(page), '-l', String(page), '-r', '150', '-singlefile', pdf]
  const picture = readPixmap(execFileSync('pdftoppm', args, { maxBuffer: 64 * 1024 * 1024 }))
  const code = jsqr.default(picture.data, picture.width, picture.height)
  // Marks that only look like a code are found now and then, with nothing in them.
  return code?.data ? [code.data] : []
}

/** A binary PPM (`P6`): three numbers in text, then three bytes a dot. */
function readPixmap(ppm: Buffer) {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 64))
  if (!header) throw new Error('pdftoppm wrote no binary pixmap')
  const [head, width, height] = [header[0], Number(header[1]), Number(header[2])]
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let dot = 0; dot < width * height; dot += 1) {
    for (let colour = 0; colour < 3; colour += 1) data[dot * 4 + colour] = ppm[head.length + dot * 3 + colour] ?? 0
  }
  return { data, width, height }
}

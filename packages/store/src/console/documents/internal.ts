import { foldText } from '@docaxis/directory'

/** Whether a document is for the agencies concerned alone ("lưu hành nội bộ"), by its sphere of promulgation. */
export function isInternal(sphere: string | null | undefined): boolean {
  return foldText(sphere ?? '').includes('noi bo')
}

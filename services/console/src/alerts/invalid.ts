import { HubError } from '@docaxis/errors'

/** What somebody wrote into a form cannot be used; the sentence stands on the page. */
export function invalid(path: string, vi: string, en: string): HubError {
  const hint = { vi: 'Sửa mục này rồi lưu lại.', en: 'Change it and save again.' }
  return new HubError('REQUEST_INVALID', en, {
    findings: [{ code: `R.${path}`, path, severity: 'error', vi, en, hint }],
  })
}

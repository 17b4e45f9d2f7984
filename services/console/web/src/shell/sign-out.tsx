import { api } from '../api.ts'
import { usePick } from '../language.tsx'
import { Icon } from '../parts/icon.tsx'
import { shellWords as words } from './words.ts'

export function SignOut() {
  const pick = usePick()
  const leave = async () => {
    // A session that is over already is signed out as well.
    await api('/session', { method: 'DELETE' }).catch(() => undefined)
    // Nothing of the person stays in the page.
    location.assign('/')
  }
  return (
    <button type="button" class="quiet" aria-label={pick(words.signOut)} title={pick(words.signOut)} onClick={leave}>
      <Icon name="leave" />
    </button>
  )
}

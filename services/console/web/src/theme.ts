/** `system` follows what the person chose for their machine. */
export type Theme = 'system' | 'light' | 'dark'

const storageKey = 'docaxis.theme'

export function rememberedTheme(): Theme {
  const kept = localStorage.getItem(storageKey)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

/** The tokens of `styles/tokens.css` follow the attribute. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem(storageKey)
    delete document.documentElement.dataset.theme
  } else {
    localStorage.setItem(storageKey, theme)
    document.documentElement.dataset.theme = theme
  }
}

import { render } from 'preact'
import { HelpPage } from './help/help-page.tsx'
import { helpWords } from './help/words.ts'
import { PublicFrame } from './public/public-frame.tsx'
import './styles/tokens.css'
import './styles/base.css'
import './styles/help.css'

const root = document.getElementById('app')
if (root) {
  render(
    <PublicFrame home="/help" title={helpWords.title}>
      <HelpPage />
    </PublicFrame>,
    root,
  )
}

import { render } from 'preact'
import { PublicFrame } from './public/public-frame.tsx'
import { VerifyPage } from './verify/verify-page.tsx'
import { words } from './words.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/verify.css'

const root = document.getElementById('app')
if (root) {
  render(
    <PublicFrame home="/verify" title={words.verifyTitle}>
      <VerifyPage />
    </PublicFrame>,
    root,
  )
}

import { render } from 'preact'
import { VerifyFrame } from './verify/verify-frame.tsx'
import './styles/tokens.css'
import './styles/base.css'
import './styles/verify.css'

const root = document.getElementById('app')
if (root) render(<VerifyFrame />, root)

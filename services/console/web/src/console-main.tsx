import { QueryClient, QueryClientProvider } from '@tanstack/preact-query'
import { render } from 'preact'
import { Refused } from './api.ts'
import { App } from './shell/app.tsx'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/shell.css'
import './styles/rail.css'
import './styles/parts.css'
import './styles/documents.css'

const triesAfterTrouble = 2

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays one however often it is asked; trouble on the way may pass.
      retry: (failures, error) => !(error instanceof Refused && error.status < 500) && failures < triesAfterTrouble,
    },
  },
})

const root = document.getElementById('app')
if (root) {
  render(
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>,
    root,
  )
}

import type { FunctionComponent } from 'preact'
import { useContext, useEffect, useErrorBoundary, useState } from 'preact/hooks'
import { LanguageContext, usePick } from '../language.tsx'
import { type Page, type PageProps, pages } from '../pages.ts'
import { Empty, Failure, NoPermission, Skeleton } from '../parts/states.tsx'
import { partWords } from '../parts/words.ts'
import { Link, match, navigate, useAddress } from '../router.tsx'
import { usePerson } from '../session.ts'

const accountPath = '/settings/account'

/** The page of the address. */
export function PageView() {
  const { role, passwordGiven } = usePerson()
  const { path } = useAddress()
  const found = findPage(path)
  const first = pages.find(page => page.icon && page.may.includes(role))
  // Whoever has a password of somebody else's choosing goes there first, and nowhere else.
  const kept = passwordGiven && path !== accountPath ? accountPath : undefined
  const wandering = found === undefined && path === '/'
  useEffect(() => {
    const to = kept ?? (wandering ? first?.path : undefined)
    if (to) navigate(to, { replace: true })
  }, [kept, wandering, first])

  useTitle(found?.page)
  if (kept || wandering) return <Skeleton />
  if (!found) return <NoPage />
  if (!found.page.may.includes(role)) return <Closed page={found.page} />
  return <Loaded key={found.page.path} page={found.page} params={found.params} />
}

/** An address that is written out wins over one with places in it, as it does at the hub. */
function findPage(path: string): { readonly page: Page; readonly params: PageProps['params'] } | undefined {
  const exact = pages.find(page => page.path === path)
  if (exact) return { page: exact, params: {} }
  for (const page of pages) {
    const params = match(page.path, path)
    if (params) return { page, params }
  }
  return undefined
}

function useTitle(page: Page | undefined): void {
  const language = useContext(LanguageContext)
  useEffect(() => {
    document.title = page ? `${page.title[language]} · docaxis` : 'docaxis'
  }, [page, language])
}

interface LoadedProps extends PageProps {
  readonly page: Page
}

/** Loads what the page is made of, and keeps a fault in it from taking the frame along. */
function Loaded({ page, params }: LoadedProps) {
  const [Content, setContent] = useState<{ readonly view: FunctionComponent<PageProps> }>()
  const [missing, setMissing] = useState<unknown>()
  const [fault, again] = useErrorBoundary()
  useEffect(() => {
    page.load().then(view => setContent({ view }), setMissing)
  }, [page])

  if (fault) return <Failure error={fault} retry={again} />
  if (missing) return <Failure error={missing} retry={() => location.reload()} />
  return Content ? <Content.view params={params} /> : <Skeleton />
}

function Closed({ page }: { readonly page: Page }) {
  const pick = usePick()
  return (
    <>
      <h1>{pick(page.title)}</h1>
      <NoPermission />
    </>
  )
}

function NoPage() {
  const pick = usePick()
  return (
    <>
      <h1>{pick(partWords.noPage)}</h1>
      <Empty title={pick(partWords.noPageHint)}>
        <Link to="/" class="button">
          {pick(partWords.toStart)}
        </Link>
      </Empty>
    </>
  )
}

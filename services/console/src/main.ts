import { runService } from '@docaxis/service'
import { createService } from './service.ts'

await runService('console', createService, process)

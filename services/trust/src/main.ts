import { runService } from '@docaxis/service'
import { createService } from './service.ts'

await runService('trust', createService, process)

import { runService } from '@docaxis/service'
import { createService } from './service.ts'

await runService('push', createService, process)

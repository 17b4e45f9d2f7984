// Starts a TypeScript file, or says which Node is needed. Plain CommonJS, so that any Node can read it this far.
'use strict'
const module_ = require('node:module')
const path = require('node:path')
const { pathToFileURL } = require('node:url')

const needed = 24
const major = Number(process.versions.node.split('.')[0])
if (major < needed) {
  process.stderr.write(
    'docaxis needs Node.js ' +
      needed +
      ' or newer; this is ' +
      process.versions.node +
      '.\n' +
      'On Linux and Windows (x64, and arm64 on Linux) pnpm installs it by itself: run "npx --yes pnpm@12.21.0 install", then start through pnpm.\n' +
      'On macOS and other systems install Node.js ' +
      needed +
      ' from nodejs.org or your package manager.\n' +
      'docaxis cần Node.js ' +
      needed +
      ' trở lên; trên macOS hãy cài từ nodejs.org rồi chạy lại.\n',
  )
  process.exit(2)
}
// Types are stripped once, not at every start. In the clone, where nobody else can put anything.
module_.enableCompileCache(path.resolve(__dirname, '..', 'node_modules', '.cache', 'docaxis'))

const [file, ...args] = process.argv.slice(2)
const target = path.resolve(__dirname, '..', file)
process.argv.splice(1, process.argv.length, target, ...args)
import(pathToFileURL(target).href).catch(error => {
  console.error(error)
  process.exit(1)
})

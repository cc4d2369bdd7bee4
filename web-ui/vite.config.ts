import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { precompress } from './build/precompress.ts'
import { scriptBudget } from './build/script-budget.ts'

// The gateway's Content-Security-Policy allows no inline script and no data: script, so nothing is
// inlined: every asset is a file with a hash in its name under /assets/.
const gateway = 'http://localhost:8080'
const entities = fileURLToPath(new URL('src/chat/html-entities.ts', import.meta.url))

export default defineConfig({
  plugins: [
    react(),
    scriptBudget({
      firstMax: 120_000,
      allMax: 220_000,
      first: ['/app/inside.tsx'],
      oneOf: ['/ui/catalogue-en.ts', '/ui/catalogue-zh.ts'],
    }),
    precompress(),
  ],
  resolve: { alias: { entities } },
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    // The gateway compares Origin with Host, so the proxy presents the gateway's own.
    proxy: {
      '/api': { target: gateway, changeOrigin: true, ws: true, headers: { Origin: gateway } },
    },
  },
  test: {
    include: ['{src,build}/**/*.test.{ts,tsx}'],
    setupFiles: ['src/ui/language-fixture.ts'],
    // So that it finds what stands for the package `entities`.
    server: { deps: { inline: ['markdown-it'] } },
    restoreMocks: true,
    testTimeout: 20_000,
  },
})

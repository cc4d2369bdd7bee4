import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { precompress } from './build/precompress.ts'
import { scriptBudget } from './build/script-budget.ts'
import { scriptParts } from './build/script-parts.ts'

// The gateway's Content-Security-Policy allows no inline script and no data: script, so nothing is
// inlined: every asset is a file with a hash in its name under /assets/.
const gateway = 'http://localhost:8080'
const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url))

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
  resolve: { alias: { entities: source('chat/html-entities.ts') } },
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            scriptParts([
              { name: 'page', begins: [source('app/main.tsx')] },
              { name: 'room', begins: [source('app/inside.tsx')] },
              // What a hand may want a moment after the first room shows.
              {
                name: 'soon',
                begins: [
                  'chat/completers.tsx',
                  'chat/delete-message-dialog.tsx',
                  'chat/emoji-popover.tsx',
                  'chat/formatting-bar.tsx',
                  'chat/invitation-list.tsx',
                  'chat/message-actions.tsx',
                  'chat/message-editor.tsx',
                  'files/upload-list.tsx',
                ].map(source),
              },
            ]),
          ],
        },
      },
    },
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

// Build and test settings. Relative paths and no inlined assets, so that the
// content security policy of the window can stay `default-src 'self'`.
import { gzipSync } from 'node:zlib'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/** All JavaScript of the window, packed: an old PC reads and parses every byte of it before the first picture. */
const MOST_BYTES = 250_000

const weigh = {
  name: 'weigh',
  generateBundle(this: { error(text: string): never; info(text: string): void }, _: unknown, bundle: Record<string, { type: string; code?: string }>) {
    const packed = Object.values(bundle).reduce((sum, it) => sum + (it.type === 'chunk' ? gzipSync(it.code ?? '').length : 0), 0)
    if (packed > MOST_BYTES) this.error(`${packed} bytes of packed JavaScript, ${MOST_BYTES} are allowed`)
    this.info(`${packed} bytes of packed JavaScript, ${MOST_BYTES} are allowed`)
  },
}

export default defineConfig({
  base: './',
  plugins: [svelte(), weigh],
  // WebKitGTK 2.40 and newer, and WebView2, all understand this.
  build: { target: 'safari16', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: { host: '127.0.0.1', port: 5173, strictPort: true, fs: { allow: ['..'] } },
  preview: { host: '127.0.0.1' },
  ...(process.env['VITEST'] ? { resolve: { conditions: ['browser'] } } : {}),
  test: { environment: 'jsdom', include: ['src/**/*.test.ts'], restoreMocks: true },
})

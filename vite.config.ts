import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { policy } from './scripts/build/hosting.ts';
import { licences } from './scripts/build/licences.ts';
import { ISOLATION } from './src/workers/service/policy.ts';

const MEBIBYTE = 2 ** 20;

export default defineConfig({
  base: './',
  worker: { format: 'es' },
  // Small fonts stay files: the content security policy lets no font come from a data address.
  build: { target: 'es2023', assetsInlineLimit: 0 },
  server: { headers: ISOLATION },
  // Workers are no part of what the page imports: a library found with the first file would reload the page and lose it.
  optimizeDeps: { entries: ['index.html', 'src/workers/*/*.worker.ts'] },
  plugins: [
    react(),
    policy(),
    licences(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/workers/service',
      filename: 'service.worker.ts',
      registerType: 'prompt',
      injectRegister: false,
      injectManifest: { globPatterns: ['**/*.{js,css,html,svg,png,woff2,wasm,webmanifest,bin}'], globIgnores: ['**/opencv*', '**/node_modules/**'], maximumFileSizeToCacheInBytes: 4 * MEBIBYTE },
      manifest: {
        id: './',
        name: 'Swizzle · image-format lab',
        short_name: 'Swizzle',
        description: 'Convert pixels exactly and see why each one came out as it did.',
        start_url: './',
        display: 'standalone',
        background_color: '#16181b',
        theme_color: '#16181b',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        file_handlers: [{ action: './', accept: { 'image/*': ['.png', '.jpg', '.jpeg', '.webp', '.avif', '.gif', '.bmp', '.ppm', '.pgm', '.qoi'], 'video/x-y4m': ['.y4m'], 'application/octet-stream': ['.yuv', '.nv12', '.rgb', '.raw', '.bin'] } }],
      },
    }),
  ],
});

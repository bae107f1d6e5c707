import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: { name: 'app', environment: 'happy-dom', include: ['src/**/*.test.ts', 'tests/conformance/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'server', environment: 'node', include: ['server/**/*.test.ts', 'mock-data/**/*.test.ts', 'scripts/**/*.test.ts', 'tests/tools/*.test.ts'] },
      },
    ],
  },
})

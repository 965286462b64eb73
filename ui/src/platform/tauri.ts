// The real window: one Tauri command named `call`, and the paths of dropped files.
import { invoke } from '@tauri-apps/api/core'
import { getCurrentWebview } from '@tauri-apps/api/webview'
import type { Platform } from './index'

const nameOf = (path: string) => path.split(/[\\/]/).pop() ?? path

export const tauri: Platform = {
  call: (command, request) => invoke('call', { command, request }),
  onDrop(listener) {
    const off = getCurrentWebview().onDragDropEvent(({ payload }) => {
      if (payload.type !== 'drop') return
      const scale = window.devicePixelRatio || 1
      listener(payload.paths.map((path) => ({ name: nameOf(path), path })), payload.position.x / scale, payload.position.y / scale)
    })
    return () => void off.then((stop) => stop())
  },
}

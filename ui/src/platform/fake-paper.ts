// Pictures of paper drawn in the browser, so that screens without a station show something.

/** base64 PNG of what `paint` draws; empty where there is no canvas (tests). */
function draw(width: number, height: number, paint: (g: CanvasRenderingContext2D) => void): string {
  if (navigator.userAgent.includes('jsdom')) return 'iVBORw0KGgo='
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const g = canvas.getContext('2d')
  if (!g) return ''
  g.fillStyle = '#ffffff'
  g.fillRect(0, 0, width, height)
  paint(g)
  return canvas.toDataURL('image/png').split(',')[1] ?? ''
}

const hash = (text: string): number => [...text].reduce((h, c) => (h * 31 + c.charCodeAt(0)) >>> 0, 7)

/** A sheet with lines of writing, different for each id. */
export function fakeSheet(id: string): string {
  return draw(620, 877, (g) => {
    let seed = hash(id)
    const next = (n: number) => (seed = (seed * 1103515245 + 12345) >>> 0) % n
    g.fillStyle = '#444'
    g.fillRect(180, 70, 260, 12)
    for (let y = 140; y < 640; y += 32) {
      g.fillStyle = next(3) === 0 ? '#3a56a0' : '#777'
      g.fillRect(60, y, 300 + next(200), 6)
    }
    g.strokeStyle = '#a51e18'
    g.lineWidth = 4
    g.beginPath()
    g.arc(470, 740, 52, 0, 7)
    g.stroke()
  })
}

/** The receipt: a head, a bar code and its lines; the real one is a PDF of the station. */
export function fakeReceipt(code: string): string {
  return draw(874, 1240, (g) => {
    g.fillStyle = '#111'
    g.textAlign = 'center'
    g.font = '20px serif'
    g.fillText('UBND XÃ MẪU', 200, 80)
    g.fillText('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 610, 80)
    g.font = 'bold 28px serif'
    g.fillText('GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ', 437, 200)
    let seed = hash(code)
    for (let x = 90; x < 520; x += 4 + (seed % 7)) {
      seed = (seed * 1103515245 + 12345) >>> 0
      g.fillRect(x, 240, 2 + (seed % 4), 80)
    }
    g.font = '20px serif'
    g.fillText(`Mã hồ sơ: ${code}`, 300, 350)
    g.fillRect(680, 230, 110, 110)
    for (let y = 410; y < 900; y += 40) g.fillRect(90, y, 420 + ((y * 37) % 270), 5)
    g.fillText('NGƯỜI NỘP HỒ SƠ', 230, 1000)
    g.fillText('NGƯỜI TIẾP NHẬN HỒ SƠ', 640, 1000)
  })
}

// Supplements and extensions of the station in memory. The dates are invented, the refusals are real.
import { Refusal } from './refusal'
import type * as T from './types'

/** What may be done in a state, before anything was done once. */
export const canOf = (status: T.Status): T.Action[] =>
  status === 'received' || status === 'processing' ? ['ask_supplement', 'extend'] : status === 'supplement_requested' ? ['take_supplement', 'extend'] : []

export function fakeSteps(find: (code: string) => T.Shown, now: number): Record<string, (r: never) => unknown> {
  const at = new Date(now).toISOString()
  const tell = (d: T.Shown, kind: string, words: string) => d.events.push({ event_id: `${d.code}-${d.events.length + 1}`, kind, at, actor: 'Ngô Bảo Mẫu', words, durable: false })
  const move = (d: T.Shown, due_at: string, trace: string[]): T.NewPromise => {
    const due_before = d.due_at
    Object.assign(d, { due_at, trace })
    return { due_at, due_date: due_at.slice(0, 10), due_before, trace }
  }
  const need = (reason: string) => { if (!reason.trim()) throw new Refusal('REASON_REQUIRED', 'reason') }
  return {
    'ask-supplement': ({ code, items, reason }: { code: string; items: string[]; reason: string }): object => {
      const d = find(code)
      if (items.length === 0) throw new Refusal('MISSING_FIELD', 'items')
      need(reason)
      if (!d.can.includes('ask_supplement')) throw new Refusal('SUPPLEMENT_ASKED_ALREADY')
      tell(d, 'supplement_requested', `Yêu cầu bổ sung ${items.join('; ')}: ${reason}`)
      d.status = 'supplement_requested'
      d.can = d.can.map((c) => (c === 'ask_supplement' ? 'take_supplement' : c))
      return { asked_at: at, status: d.status }
    },
    'take-supplement': ({ code, components = [] }: { code: string; components?: T.HandedIn[] }): T.NewPromise => {
      const d = find(code)
      if (!d.can.includes('take_supplement')) throw new Refusal('SUPPLEMENT_NOT_AWAITED')
      for (const c of d.components) if (components.some((h) => h.no === c.no)) c.handed_in = components.filter((h) => h.no === c.no).map((h) => ({ ...h, count: 1 }))
      d.status = 'received'
      d.can = d.can.filter((c) => c !== 'take_supplement')
      tell(d, 'supplement_received', 'Nhận giấy tờ bổ sung, hẹn trả 17:00 08/12/2026')
      return move(d, '2026-12-08T10:00:00Z', ['Nhận đủ bổ sung 09:42 Thứ Hai 23/11/2026: tính lại từ đầu 10 ngày làm việc.', 'Trừ 24/11: Ngày Văn hóa Việt Nam.'])
    },
    extend: ({ code, new_date, reason }: { code: string; new_date: string; reason: string }): T.NewPromise => {
      const d = find(code)
      if (!/^\d{4}-\d{2}-\d{2}$/.test(new_date)) throw new Refusal('INVALID_DATE', 'new_date')
      need(reason)
      if (!d.can.includes('extend')) throw new Refusal('EXTENDED_ALREADY')
      if (new_date <= d.due_at.slice(0, 10)) throw new Refusal('DATE_NOT_LATER', 'new_date')
      if (new Date(new_date).getUTCDay() % 6 === 0) throw new Refusal('DATE_IS_OFF', 'new_date', { why: 'nghỉ hằng tuần' })
      d.can = d.can.filter((c) => c !== 'extend')
      tell(d, 'extended', `Xin lỗi và gia hạn: ${reason}`)
      return move(d, `${new_date}T10:00:00Z`, ['Gia hạn lần duy nhất, đã xin lỗi Thứ Hai 23/11/2026.', 'Hẹn mới.'])
    },
  }
}

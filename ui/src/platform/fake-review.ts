// Records of the portal under review, for the station in memory.
import { Refusal } from './refusal'
import type * as T from './types'

type Record_ = Omit<T.CatalogueReviewed, 'waiting'> & { code: string }

function record(code: string, name: string, unsure: boolean): Record_ {
  const parsed: T.ProcedureData = {
    code, name, field: 'Hộ tịch', version: '2026-07', decision: { number: '163/QĐ-BTP', authority: 'Bộ Tư pháp' }, basis: 'QĐ 163/QĐ-BTP', needs_approval: true,
    cases: [{ id: 'thong-thuong', name: 'Thông thường', limit: { kind: 'working_days', amount: 5 } }],
    components: [
      { no: 1, name: 'Tờ khai theo mẫu', group: 'submit', usual: 'original', count: 1 },
      { no: 2, name: 'Giấy tờ tùy thân của người yêu cầu', note: 'hộ chiếu, căn cước', group: 'present', usual: 'presented', count: 1 },
    ],
    fees: [{ id: 'le-phi', name: 'Lệ phí hộ tịch', basis: '', per: { case: 8000 } }], results: [{ name: 'Giấy khai sinh', code: 'KQ.G15.000031' }],
  }
  const time = unsure ? 'Trực tiếp5Lệ phí8.000 đồngNộp tại xã' : 'Trực tiếp5 Ngày làm việcLệ phí8.000 đồngNộp tại xã'
  return {
    code, name, status: unsure ? 'partial' : 'full', parsed, changes: code === '1.004837' ? [{ field: 'cases[0].limit', label: 'Thời hạn giải quyết', before: '3 ngày làm việc', after: '5 ngày làm việc' }] : [],
    problems: unsure ? ['Thời hạn không ghi đơn vị ngày hay ngày làm việc.'] : [],
    raw: {
      ten_thu_tuc: name, so_quyet_dinh: '163/QĐ-BTP', linh_vuc: 'Hộ tịch', cach_thuc_thuc_hien: `Hình thức nộpThời gianPhí, lệ phíMô tả${time}`,
      thanh_phan_ho_so: 'Tên giấy tờMẫu đơn, tờ khaiSố lượng* Giấy tờ phải nộp:Tờ khai theo mẫu1 bản chính* Giấy tờ phải xuất trình:Giấy tờ tùy thân của người yêu cầu (hộ chiếu, căn cước)1 bản chính', ket_qua_xu_ly: 'Giấy khai sinhMã: KQ.G15.000031',
    },
    fields: [
      { field: 'name', label: 'Tên thủ tục', state: 'read', raw: name, value: name },
      { field: 'decision.number', label: 'Quyết định công bố', state: 'read', raw: '163/QĐ-BTP', value: '163/QĐ-BTP' },
      { field: 'cases[0].limit', label: 'Thời hạn', state: unsure ? 'unsure' : 'read', raw: unsure ? 'Trực tiếp5Lệ phí' : 'Trực tiếp5 Ngày làm việc', value: '5 ngày làm việc' },
      { field: 'fees', label: 'Phí, lệ phí', state: 'read', raw: '8.000 đồng', value: 'Trực tiếp: 8.000 đồng' },
      { field: 'components[0]', label: 'Giấy tờ 1', state: 'read', raw: 'Tờ khai theo mẫu1 bản chính', value: 'Tờ khai theo mẫu, phải nộp, bản chính 1' },
      { field: 'components[1]', label: 'Giấy tờ 2', state: unsure ? 'unsure' : 'read', raw: 'Giấy tờ tùy thân của người yêu cầu (hộ chiếu, căn cước)1 bản chính', value: 'Giấy tờ tùy thân của người yêu cầu, phải xuất trình' },
      { field: 'results', label: 'Kết quả', state: 'read', raw: 'Giấy khai sinhMã: KQ.G15.000031', value: 'Giấy khai sinh (KQ.G15.000031)' },
      { field: 'notes', label: 'Lưu ý', state: 'absent', raw: '', value: null },
    ],
  }
}

export function fakeReview(filled: boolean): { commands: Record<string, (r: never) => unknown> } {
  const make = () => [record('1.004884', 'Đăng ký lại khai sinh', true), record('1.004837', 'Đăng ký giám hộ', false), record('1.005461', 'Đăng ký lại khai tử', false)]
  let waiting = filled ? make() : []
  const take = (code: string) => {
    if (!waiting.some((r) => r.code === code)) throw new Refusal('UNKNOWN_PROCEDURE', 'code')
    waiting = waiting.filter((r) => r.code !== code)
  }
  const nothing: T.CatalogueReviewed = { waiting: 0, code: null, name: null, status: null, raw: {}, parsed: null, fields: [], problems: [], changes: [] }
  return {
    commands: {
      'catalogue-import': ({ path }: { path: string }) => {
        if (!path) throw new Refusal('FILE_NOT_FOUND', 'path')
        waiting = make()
        return { total: 458, full: 301, partial: 122, refused: 35, waiting: waiting.length, added: 3, changed: 0, refusals: ['Dòng 17: bản ghi bị cắt ngang.', 'Dòng 203: trùng mã 1.000656.'] }
      },
      'catalogue-review': ({ code, after }: { code?: string; after?: string }) => {
        const at = waiting.findIndex((r) => r.code === (code ?? after))
        const found = code ? waiting[at] : waiting[after && at + 1 < waiting.length ? at + 1 : 0]
        return found ? { ...found, waiting: waiting.length } : nothing
      },
      'catalogue-approve': ({ code, data, basis }: { code: string; data: T.ProcedureData; basis: string }) => {
        if (!basis) throw new Refusal('REASON_REQUIRED', 'basis')
        if (data.components.some((c) => !c.name)) throw new Refusal('RULE_INVALID', `components[${data.components.findIndex((c) => !c.name)}].name`, { why: 'Mục này không được để trống. Xin điền vào.' })
        take(code)
        return { version: '2026-07' }
      },
      'catalogue-skip': ({ code, reason }: { code: string; reason: string }) => {
        if (!reason) throw new Refusal('REASON_REQUIRED', 'reason')
        take(code)
        return {}
      },
    },
  }
}

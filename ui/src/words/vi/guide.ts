// How things are done, for whoever presses F1. Between backticks stand keys.
export const guide = {
  title: 'Hướng dẫn',
  find: 'Tìm trong hướng dẫn',
  none: 'Không có mục nào khớp. Xin gõ ít chữ hơn.',
  topics: [
    { id: 'reception', title: 'Tiếp nhận một hồ sơ', screen: 'reception', steps: [
      'Quét thẻ căn cước của người nộp, hoặc gõ họ tên.',
      'Nhấn `F6` sang ô thủ tục. Gõ vài chữ không dấu hoặc vài số của mã, rồi `Enter`.',
      'Nhấn `F5` khi giấy tờ đủ. Giấy nào khác thì dùng mũi tên đến dòng đó và gõ số bản, `Del` là còn thiếu.',
      'Xem ngày hẹn và lý do ở bên phải. Nhấn `F9` để ghi, lấy số và in giấy hẹn; `F9` lần nữa cho người kế tiếp.',
    ] },
    { id: 'known', title: 'Người đã từng đến', screen: 'reception', steps: [
      'Gõ ba chữ của họ tên, không cần dấu. Người đã từng đến hiện ngay dưới ô tên.',
      'Nhấn `↓` để chọn rồi `Enter` để lấy. Thông tin lần trước được điền đủ.',
      'Không chọn ai thì cứ gõ tiếp: `Enter` không tự lấy người nào.',
    ] },
    { id: 'card', title: 'Quét thẻ căn cước', screen: 'reception', steps: [
      'Quét lúc nào cũng được, ở màn hình nào cũng được. Chữ đang gõ không bị lẫn.',
      'Chỗ nào khác lần trước có màu vàng: chọn theo thẻ hay như cũ.',
      'Tên hoặc địa chỉ đọc không chắc thì máy không điền. Anh chị gõ theo thẻ.',
      'Đang có người khác trên màn hình thì máy hỏi, nhấn `F12` rồi `1`, `2` hoặc `3`.',
    ] },
    { id: 'more', title: 'Thêm việc cho cùng người, thêm người cho cùng việc', screen: 'reception', steps: [
      '`F8`: ghi hồ sơ đang làm, giữ người nộp để làm thủ tục khác.',
      '`Shift F8`: ghi hồ sơ đang làm, giữ thủ tục cho người kế tiếp.',
    ] },
    { id: 'park', title: 'Cho người khác làm trước', screen: 'reception', steps: [
      'Nhấn `F4`: hồ sơ đang làm dở được gác lại, màn hình trống cho người khác.',
      'Khi màn hình trống, `F4` lấy lại người chờ lâu nhất. Mất điện cũng không mất.',
    ] },
    { id: 'favourites', title: 'Thủ tục hay dùng', screen: 'reception', steps: [
      'Trong danh sách thủ tục, dùng mũi tên đến thủ tục hay làm rồi nhấn `Insert`. Thủ tục đó đứng đầu danh sách của anh chị.',
      'Nhấn `Insert` lần nữa để thôi. Sau các thủ tục này là những thủ tục anh chị vừa làm.',
    ] },
    { id: 'duplicate', title: 'Có thể đã nộp rồi', screen: 'reception', steps: [
      'Khi người này đang có hồ sơ cùng thủ tục, máy báo trước lúc cấp số. Nhấn `F12` để đến chỗ hỏi.',
      '`1` mở hồ sơ cũ, `2` nộp thêm vào hồ sơ cũ, `3` vẫn nhận mới và ghi lý do.',
    ] },
    { id: 'print', title: 'Giấy hẹn chưa in được', screen: 'reception', steps: [
      'Hồ sơ đã ghi và đã có số, không phải làm lại.',
      'Xem giấy và mực, bật máy in rồi nhấn `Ctrl P`. Giấy in lại giống hệt bản đầu.',
      'Giấy chưa in được nhắc ở khung giấy hẹn đến khi in xong, kể cả khi đã sang người khác.',
    ] },
    { id: 'late', title: 'Nhập bù sau mất điện', screen: 'reception', steps: [
      'Ở khung giấy hẹn, chọn Nhập bù sau mất điện. Gõ giờ và ngày ghi trên giấy viết tay, và lý do.',
      'Ngày hẹn tính từ giờ đó, số lấy của ngày đó. Nhấn `F9` như thường.',
    ] },
    { id: 'offline', title: 'Khi mất mạng', screen: 'sync', steps: [
      'Anh chị cứ làm việc bình thường: nhận, in, quét, tra cứu đều ở trên máy này.',
      'Đã ghi là nằm trên ổ đĩa máy này. Đang chờ gửi là chờ có đường truyền. Đã nằm chắc ở cấp trên là mất máy này vẫn còn.',
      'Nhấn `Ctrl 6` để xem còn gì chờ gửi. Có đường truyền là máy tự gửi.',
    ] },
    { id: 'temporary', title: 'Mã tạm là gì', screen: 'reception', steps: [
      'Khi chưa có số chính thức, hồ sơ mang mã tạm bắt đầu bằng TAM. Lý do ghi ở khung giấy hẹn.',
      'Mã tạm dùng được như mã thường: quét, tra cứu, in.',
      'Khi cấp trên trả lời, hồ sơ có mã chính thức. Quét mã tạm vẫn mở đúng hồ sơ.',
    ] },
    { id: 'refused', title: 'Việc cấp trên chưa nhận', screen: 'sync', steps: [
      'Nhấn `Ctrl 6`, rồi `F12` đến việc chưa nhận. Hai bên được đặt cạnh nhau.',
      '`1` là theo cấp trên, `2` là làm lại khi làm lại được. Việc hôm nay vẫn chạy bình thường.',
    ] },
    { id: 'find', title: 'Tìm một hồ sơ', screen: 'search', steps: [
      'Quét giấy hẹn ở màn hình nào cũng được: hồ sơ mở ngay.',
      'Hoặc nhấn `F3` rồi gõ tên không dấu, mã, số định danh, điện thoại. Mũi tên chọn, `Enter` mở.',
      'Mã lạ thì máy hỏi: tra cứu, chép vào ô đang gõ, hay bỏ qua.',
    ] },
    { id: 'pages', title: 'Quét giấy tờ, thêm tệp', screen: 'dossier', steps: [
      'Mở hồ sơ, dùng mũi tên chọn giấy. Nhấn `F7` để quét vào giấy đó, `Shift F7` để đổi máy quét.',
      '`Ctrl O` thêm tệp ảnh hoặc PDF, hoặc kéo thả tệp vào giấy.',
      '`Del` bỏ một trang và ghi lý do, `Ctrl Z` lấy lại.',
    ] },
    { id: 'promise', title: 'Bổ sung và gia hạn', screen: 'dossier', steps: [
      'Trong hồ sơ, `Ctrl B` ghi yêu cầu bổ sung, hoặc ghi nhận giấy tờ bổ sung khi đang chờ.',
      '`Ctrl G` gia hạn, mỗi hồ sơ một lần. Ngày hẹn mới hiện cùng lý do.',
    ] },
    { id: 'money', title: 'Thu tiền và chốt sổ', screen: 'cash', steps: [
      'Mở hồ sơ rồi nhấn `F9`: số còn phải thu có sẵn. Nhấn `F9` lần nữa để ghi đã thu.',
      'Cuối ngày nhấn `Ctrl 7`, xem lại rồi `F9` để chốt sổ của anh chị.',
    ] },
    { id: 'reader', title: 'Máy đọc mã hay bộ gõ làm lẫn', screen: 'help', steps: [
      'Nhấn `Ctrl 0`, rồi `F6` vào phần thử máy đọc. Quét một giấy hẹn hoặc một thẻ.',
      'Màn hình cho thấy từng phím đã nhận và nói chỗ cần chỉnh: bộ gõ, Caps Lock, bàn phím, tốc độ, phím kết thúc.',
      'Mã đọc sai thì gõ mã in dưới vạch.',
    ] },
  ] as { id: string; title: string; screen: string; steps: string[] }[],
}

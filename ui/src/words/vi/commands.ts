export const commands = {
  label: 'Mọi lệnh',
  placeholder: 'Gõ việc cần làm, không cần dấu',
  screens: 'Màn hình',
  lookUp: (text: string) => `Tra cứu hồ sơ “${text}”`,
}

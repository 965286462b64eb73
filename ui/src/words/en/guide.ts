export const guide = {
  title: 'Guide',
  find: 'Find in the guide',
  none: 'No topic matches. Please type fewer letters.',
  topics: [
    { id: 'reception', title: 'Take a dossier in', screen: 'reception', steps: [
      "Scan the applicant's card, or type the name.",
      'Press `F6` for the procedure. Type letters without tones or figures of the code, then `Enter`.',
      'Press `F5` when the papers are complete. For another paper move there by arrows and type how many; `Del` means missing.',
      'Look at the due date and its reason on the right. `F9` writes, numbers and prints; `F9` again is for the next person.',
    ] },
    { id: 'known', title: 'Somebody who came before', screen: 'reception', steps: [
      'Type three letters of the name, without tones. Who came before stands below the field.',
      'Press `↓` to choose and `Enter` to take. What was said last time is filled in.',
      'Or simply type on: `Enter` takes nobody by itself.',
    ] },
    { id: 'card', title: 'Scan an identity card', screen: 'reception', steps: [
      'Scan at any time, on any screen. What is being typed stays clean.',
      'What differs from the last visit is amber: choose the card or as before.',
      'A name or an address that is unsure is not filled in. Please type it from the card.',
      'With somebody else on the screen you are asked: `F12`, then `1`, `2` or `3`.',
    ] },
    { id: 'more', title: 'The same person again, the same matter again', screen: 'reception', steps: [
      '`F8` writes this dossier and keeps the person for another procedure.',
      '`Shift F8` writes this dossier and keeps the procedure for the next person.',
    ] },
    { id: 'park', title: 'Let somebody go first', screen: 'reception', steps: [
      'Press `F4`: what is half filled waits, and the screen is empty for another person.',
      'On an empty screen `F4` takes up whoever waited longest. A power cut loses nothing.',
    ] },
    { id: 'favourites', title: 'Favourite procedures', screen: 'reception', steps: [
      'In the list of procedures move to one you often need and press `Insert`. It stands at the top of your list.',
      'Press `Insert` again to let it go. Behind them come those you used last.',
    ] },
    { id: 'duplicate', title: 'Perhaps handed in already', screen: 'reception', steps: [
      'Where the person has an open dossier of the same procedure, you are told before a number is given. `F12` goes to the question.',
      '`1` opens the earlier one, `2` adds to it, `3` takes a new one in with a reason.',
    ] },
    { id: 'print', title: 'A receipt that was not printed', screen: 'reception', steps: [
      'The dossier is written and has its number; nothing has to be done again.',
      'Look at paper and ink, switch the printer on and press `Ctrl P`. The reprint is the same to the last dot.',
      'It is told in the receipt panel until it was printed, also when the next person is there.',
    ] },
    { id: 'late', title: 'Hand-written receipts after a power cut', screen: 'reception', steps: [
      'In the receipt panel choose Enter a hand-written receipt. Type its hour and day, and the reason.',
      'The due date counts from that hour, the number is of that day. Press `F9` as usual.',
    ] },
    { id: 'offline', title: 'Without a line', screen: 'sync', steps: [
      'Work goes on as usual: reception, printing, scanning and searching happen on this PC.',
      'Written means on the disk of this PC. Waiting means there is no line yet. Safe above means it would survive this PC.',
      'Press `Ctrl 6` to see what waits. It is sent as soon as there is a line.',
    ] },
    { id: 'temporary', title: 'What a temporary code is', screen: 'reception', steps: [
      'Where no official number can be given, the code begins with TAM. The reason stands in the receipt panel.',
      'It works as any code: scanned, searched, printed.',
      'When the server above has answered there is an official one. The temporary one still opens the dossier.',
    ] },
    { id: 'refused', title: 'What the server above did not accept', screen: 'sync', steps: [
      'Press `Ctrl 6`, then `F12`. Both sides stand beside each other.',
      "`1` follows the server above, `2` does it again where that is possible. Today's work goes on.",
    ] },
    { id: 'find', title: 'Find a dossier', screen: 'search', steps: [
      'Scan the receipt on any screen: the dossier opens.',
      'Or press `F3` and type a name without tones, a code, an identity number, a telephone number. Arrows choose, `Enter` opens.',
      'Of an unknown code you are asked: search, put it into the field, or ignore it.',
    ] },
    { id: 'pages', title: 'Scan papers, add files', screen: 'dossier', steps: [
      'Open the dossier and choose a paper by arrows. `F7` scans into it, `Shift F7` changes the scanner.',
      '`Ctrl O` adds pictures or PDFs, or drop them on the paper.',
      '`Del` takes a page out with a reason, `Ctrl Z` brings it back.',
    ] },
    { id: 'promise', title: 'Supplement and extension', screen: 'dossier', steps: [
      'In a dossier `Ctrl B` asks for a supplement, or takes it while it is awaited.',
      '`Ctrl G` extends, once for each dossier. The new due date stands there with its reason.',
    ] },
    { id: 'money', title: 'Collect money, close the till', screen: 'cash', steps: [
      'Open the dossier and press `F9`: what is left to pay stands there. `F9` again writes it down.',
      'At the end of the day press `Ctrl 7`, look it over, and close your till with `F9`.',
    ] },
    { id: 'reader', title: 'A reader or an input method that mixes codes up', screen: 'help', steps: [
      'Press `Ctrl 0`, then `F6` for the place where a reader is tried. Scan a receipt or a card.',
      'Every key is shown, and what to change: input method, Caps Lock, keyboard, speed, the key at the end.',
      'Where a code cannot be read, type the one under the bars.',
    ] },
  ] as { id: string; title: string; screen: string; steps: string[] }[],
}

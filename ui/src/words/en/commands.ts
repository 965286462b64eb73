export const commands = { label: 'All commands', placeholder: 'Type what is to be done', screens: 'Screen', lookUp: (text: string) => `Search dossiers for “${text}”` }

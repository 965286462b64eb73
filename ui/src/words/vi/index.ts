// Everything the screens say, in Vietnamese. Components carry no sentence of their own.
export * from './common'
export * from './dossier'
export * from './help'
export * from './reception'
export * from './search'
export * from './signIn'
export * from './sync'

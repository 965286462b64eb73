// English beside the Vietnamese. `complete` below fails the type check when a word is missing.
import type { Words } from '../index'
import * as cash from './cash'
import * as commands from './commands'
import * as common from './common'
import * as dossier from './dossier'
import * as guide from './guide'
import * as help from './help'
import * as reception from './reception'
import * as review from './review'
import * as rules from './rules'
import * as search from './search'
import * as settings from './settings'
import * as signIn from './signIn'
import * as steps from './steps'
import * as sync from './sync'

export const en: Words = {
  ...cash, ...commands, ...common, ...dossier, ...guide, ...help, ...reception, ...review, ...rules, ...search, ...settings, ...signIn, ...steps, ...sync,
}

// The first thing that runs in the window.
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/app.css'
import './styles/screens.css'
import './styles/rules.css'
import { mount } from 'svelte'
import { dress, keptLanguage, keptTheme } from './lib/choices'
import App from './App.svelte'

// Before the first picture, so that nobody in the dark is blinded by it.
dress(keptTheme(), keptLanguage())
const target = document.getElementById('app')
if (target) mount(App, { target })

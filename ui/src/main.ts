// The first thing that runs in the window.
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/app.css'
import './styles/screens.css'
import './styles/rules.css'
import { mount } from 'svelte'
import App from './App.svelte'

const target = document.getElementById('app')
if (target) mount(App, { target })

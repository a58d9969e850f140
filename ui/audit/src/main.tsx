// Puts the auditor's pages on the page, for the verifier that they were served by.
import '@assent/shared/styles.css';
import './styles/index.css';
import { LanguageProvider, applyLooks } from '@assent/shared';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { Auditor } from './audit/auditor';
import { BrowserCabinet } from './audit/cabinet';
import { HttpDesk } from './audit/desk';
import { HttpSource } from './audit/source';
import { State } from './audit/state';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');

// These pages stand at <verifier>/audit/.
const verifier = new URL('..', document.baseURI);
const state = new State(localStorage, verifier.href);
const cabinet = new BrowserCabinet(verifier.href);
const desk = new HttpDesk(verifier);
const auditor = new Auditor(new HttpSource(verifier), state, Date.now);

applyLooks();
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <App auditor={auditor} state={state} cabinet={cabinet} desk={desk} now={Date.now} />
    </LanguageProvider>
  </StrictMode>,
);

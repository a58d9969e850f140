// Puts the console on the page, for the server that it was served by.
import '@assent/shared/styles.css';
import './styles/index.css';
import { LanguageProvider, applyLooks } from '@assent/shared';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { Host } from './host/host';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');
applyLooks();

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <App host={new Host(document.baseURI)} />
    </LanguageProvider>
  </StrictMode>,
);

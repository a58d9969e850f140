// Puts the wallet's interface on the page.
import '@assent/shared/styles.css';
import './features/welcome/welcome.css';
import { LanguageProvider } from '@assent/shared';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');

createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <App />
    </LanguageProvider>
  </StrictMode>,
);

// Puts the wallet's interface on the page.
import '@assent/shared/styles.css';
import './styles/index.css';
import { applyLooks } from '@assent/shared';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { refuseStrayFiles } from './frame/strayFiles';
import { Providers } from './session/Providers';
import { newQueryClient } from './session/ask';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');

applyLooks();
refuseStrayFiles();
createRoot(root).render(
  <StrictMode>
    <Providers client={newQueryClient()}>
      <App />
    </Providers>
  </StrictMode>,
);

// Sends a file into the wallet piece by piece, and tells how far it has come.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { HostError, call } from '../../host/host';
import { useRefresh } from '../../session/ask';
import { UnreadableFile, piecesOf } from './document';

export interface Attaching {
  file: File;
  path: string;
  title: string;
}

export function useAttach() {
  const refresh = useRefresh();
  const [received, setReceived] = useState(0);
  const sending = useMutation<undefined, HostError | UnreadableFile, Attaching>({
    mutationFn: async ({ file, ...named }) => {
      setReceived(0);
      for await (const piece of piecesOf(file, named)) setReceived((await call('attachment_add', piece)).received);
      return undefined;
    },
    onSettled: () => {
      void refresh();
    },
  });
  return { ...sending, received };
}

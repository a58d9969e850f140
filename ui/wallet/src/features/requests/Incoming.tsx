// Links that were opened outside the window and wait to be read. Nothing of them is fetched before that.
import { Actions, Button, Card } from '@assent/shared';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { call } from '../../host/host';
import type { HostError, Links } from '../../host/host';
import { keyOf, useAnswer } from '../../session/ask';
import { m } from '../../words/messages';
import { hostOf } from './choice';
import { linksStore } from './links';

interface IncomingProps {
  read: (link: string) => void;
}

export function Incoming({ read }: IncomingProps) {
  const links = useSyncExternalStore(linksStore.subscribe, linksStore.all);
  useTakeLinks();
  if (links.length === 0) return null;
  return (
    <Card heading={m.requests_came_in()}>
      <p>{m.requests_came_in_text()}</p>
      <ul className="incoming">
        {links.map((link) => (
          <li key={link}>
            <p>{m.requests_came_in_from({ host: hostOf(link) ?? link })}</p>
            <Actions>
              <Button
                onPress={() => {
                  linksStore.drop(link);
                  read(link);
                }}
              >
                {m.requests_read()}
              </Button>
              <Button
                kind="quiet"
                onPress={() => {
                  linksStore.drop(link);
                }}
              >
                {m.requests_came_in_leave()}
              </Button>
            </Actions>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Takes links over from the program whenever it says that some wait. */
function useTakeLinks(): void {
  const client = useQueryClient();
  const waiting = useAnswer('about', {}).data?.links ?? 0;
  const { mutate } = useMutation<Links, HostError, undefined>({
    mutationFn: () => call('links_take', {}),
    onSuccess: ({ links }) => {
      linksStore.add(links);
      void client.invalidateQueries({ queryKey: keyOf('about', {}) });
    },
  });
  useEffect(() => {
    if (waiting > 0) mutate(undefined);
  }, [waiting, mutate]);
}

// Everything that a request can be made of, in the language that is read: also what codes and paths are called.
import { useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { ROUTES } from '../host/gen/routes';
import type { Role } from '../host/types';
import { useSession } from './session';

const READERS: readonly Role[] = ROUTES.catalogue.roles;

/** The catalogue; it does not change while the page is open. */
export function useCatalogue() {
  const { host, user } = useSession();
  const { language } = useLanguage();
  return useQuery({
    queryKey: ['catalogue', language],
    queryFn: () => host.ask('catalogue', { lang: language }),
    staleTime: Infinity,
    enabled: user?.roles.some((role) => READERS.includes(role)) === true,
  });
}

/** What a purpose is called; its code until that is known. */
export function usePurposeNames(): (code: string) => string {
  const { data } = useCatalogue();
  return (code) => data?.purposes.find((purpose) => purpose.code === code)?.label ?? code;
}

/** What an item is called; its path until that is known. */
export function useItemNames(): (path: string) => string {
  const { data } = useCatalogue();
  return (path) => data?.items.find((item) => item.path === path)?.label ?? path;
}

// Reads what is being answered, once: what a person signs is what they read, so it never changes under their eyes.
import { useLanguage } from '@assent/shared';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call } from '../../host/host';
import type { HostError, Language, ReviewView } from '../../host/host';
import type { Source } from '../../session/asked';

export interface Reading {
  review: ReviewView | null;
  error: HostError | null;
  /** Reads it again, because something changed that is in it. */
  again: () => void;
}

export function useReview(source: Source): Reading {
  const { language } = useLanguage();
  const { mutate, data, error } = useMutation<ReviewView, HostError, Language>({
    mutationFn: (lang) => review(source, lang),
  });
  const read = useRef<Language | null>(null);
  useEffect(() => {
    if (read.current === language) return;
    read.current = language;
    mutate(language);
  }, [language, mutate]);
  return {
    review: data ?? null,
    error,
    again: () => {
      mutate(language);
    },
  };
}

function review(source: Source, lang: Language): Promise<ReviewView> {
  switch (source.kind) {
    case 'request':
      return call('request_review', { request: source.request, lang });
    case 'direct':
      return call('direct_review', { ...source.ask, lang });
    case 'offer':
      return call('offer_review', { offer: source.offer, lang });
  }
}

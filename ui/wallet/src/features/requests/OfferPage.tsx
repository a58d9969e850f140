// An offer that somebody wants to accept: what it asks for is read and signed like any request.
import { useEffect } from 'react';
import { ask, useAsked } from '../../session/asked';
import { ReviewPage } from './ReviewPage';

export function OfferPage({ id }: { id: string }) {
  const asked = useAsked();
  const isThis = asked?.source.kind === 'offer' && asked.source.offer === id;
  useEffect(() => {
    if (!isThis) ask({ kind: 'offer', offer: id });
  }, [id, isThis]);
  return isThis ? <ReviewPage /> : null;
}

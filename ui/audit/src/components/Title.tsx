// The head of every page: its heading, and what it is for.

/** The heading takes the focus after a move. */
export function Title({ heading, lede }: { heading: string; lede: string }) {
  return (
    <div>
      <h1 tabIndex={-1}>{heading}</h1>
      <p className="lede">{lede}</p>
    </div>
  );
}

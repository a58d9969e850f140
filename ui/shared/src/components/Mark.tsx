// The sign of Assent: a yes in a circle that stays open.

/** The mark as a picture beside the name; it says nothing to a screen reader. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 512 512" aria-hidden="true" focusable="false">
      <rect className="mark-ground" width="512" height="512" rx="112" />
      <path className="mark-ring" d="M398 214a150 150 0 1 1-72-90" />
      <path className="mark-yes" d="M178 258l62 62 156-172" />
    </svg>
  );
}

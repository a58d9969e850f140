// A few numbers side by side, each large and with its name.

/** Shows numbers that are already written in the language. */
export function Tiles({ tiles }: { tiles: readonly { name: string; value: string; isBad?: boolean }[] }) {
  return (
    <dl className="tiles">
      {tiles.map(({ name, value, isBad = false }) => (
        <div key={name} className={isBad ? 'tile bad' : 'tile'}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

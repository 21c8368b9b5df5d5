/** Keys to press one after the other or together, as they are printed on the keyboard. */
export function KeyHint({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className="inline-flex gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="min-w-5 rounded border border-line bg-sunken px-1 text-center font-sans text-xs text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}

/** The sign of the product: a page of the book that speaks. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-brand-6)" />
      <path
        d="M9 8.5h11.5A2.5 2.5 0 0 1 23 11v9a2.5 2.5 0 0 1-2.5 2.5H15l-4.2 3.2c-.5.4-1.3 0-1.3-.7v-2.5H9z"
        fill="#fff"
      />
      <path
        d="M12.5 13h7M12.5 17h5"
        stroke="var(--mantine-color-brand-6)"
        strokeWidth="1.8"
        strokeLinecap="round"
      />
    </svg>
  );
}

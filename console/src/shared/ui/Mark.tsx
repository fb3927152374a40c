/** The sign of the product: a page of the book that speaks. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-brand-6)" />
      <path
        d="M9 8.500h11.500A2.500 2.500 0 0 1 23 11v9a2.500 2.500 0 0 1-2.500 2.500H15l-4.200 3.200c-.5.4-1.300 0-1.300-.7v-2.500H9z"
        fill="#fff"
      />
      <path
        d="M12.500 13h7M12.500 17h5"
        stroke="var(--mantine-color-brand-6)"
        strokeWidth="1.800"
        strokeLinecap="round"
      />
    </svg>
  );
}

import { useLingui } from "@lingui/react/macro";
import { Button, type MantineSpacing } from "@mantine/core";
import classes from "./MoreButton.module.css";

type Paged = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };

/** Reads the next page of a list, as long as there is one. `mt` where the page leaves no gap above it. */
export function MoreButton({ query, mt = 0 }: { query: Paged; mt?: MantineSpacing }) {
  const { t } = useLingui();
  if (!query.hasNextPage) return null;
  return (
    <Button
      variant="subtle"
      className={classes.more}
      mt={mt}
      loading={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {t`Xem thêm`}
    </Button>
  );
}

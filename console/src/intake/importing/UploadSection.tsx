import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { FileDrop } from "../../shared/ui/FileDrop";
import { Meter } from "../../shared/ui/Meter";
import { Section } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import classes from "./Importing.module.css";
import { useUpload } from "./queries";

const ACCEPTED = ".csv,.json,.jsonl,.ndjson,.txt,.tsv,text/csv,application/json";

/** Takes a file, and leads to what is to be said of it. */
export function UploadSection() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const upload = useUpload();
  const [name, setName] = useState("");
  const choose = (file: File) => {
    if (upload.isPending) return;
    setName(file.name);
    upload.mutate(file, {
      onSuccess: ({ id }) => void navigate({ to: "/history-imports/$importId", params: { importId: id } }),
    });
  };
  return (
    <Section
      title={t`Tệp CSV hoặc JSON`}
      lead={t`Mỗi dòng một tin nhắn, tối đa 100 MB và 1 triệu dòng. Chưa có gì được nhập trước khi bạn xem và xác nhận.`}
    >
      <FileDrop accept={ACCEPTED} label={t`Tệp CSV hoặc JSON`} choose={choose}>
        {(pick) => (
          <>
            <IconFileImport size={28} stroke={1.4} aria-hidden />
            {upload.isPending ? (
              <>
                <p role="status">{upload.share < 1 ? t`Đang tải lên ${name}…` : t`Đang đọc ${name}…`}</p>
                <div className={classes.meter}>
                  <Meter value={upload.share} most={1} />
                </div>
                <Button variant="default" onClick={upload.stop}>
                  {t`Dừng`}
                </Button>
              </>
            ) : (
              <Button variant="default" onClick={pick}>
                {t`Chọn tệp`}
              </Button>
            )}
          </>
        )}
      </FileDrop>
      {upload.error && upload.error.name !== "AbortError" && (
        <Alert color="red" variant="light" role="alert">
          {problemText(upload.error)}
        </Alert>
      )}
    </Section>
  );
}

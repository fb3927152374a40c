import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import { IconDownload, IconFileSpreadsheet } from "@tabler/icons-react";
import { useState } from "react";
import type { ImportPreview } from "../../../api/account";
import { FileDrop } from "../../../shared/ui/FileDrop";
import { PageFrame } from "../../../shared/ui/PageFrame";
import { Section } from "../../../shared/ui/Section";
import { useProblemText } from "../../../shared/useProblemText";
import { ImportDone } from "./ImportDone";
import classes from "./ImportPage.module.css";
import { PreviewTable } from "./PreviewTable";
import { TEMPLATE, useImport, usePreview } from "./queries";

/** Many people at once: a file, what stands in it line by line, and only then are they added. */
export function ImportPage() {
  const { t } = useLingui();
  const problemText = useProblemText();
  const preview = usePreview();
  const importing = useImport();
  const [file, setFile] = useState<string | null>(null);
  const look = (given: File) => {
    importing.reset();
    setFile(given.name);
    preview.mutate(given);
  };
  return (
    <PageFrame
      title={t`Nhập nhân viên từ tệp`}
      lead={t`Mỗi người nhận một lời mời để tự đặt mật khẩu. Chưa có gì được lưu trước khi bạn xác nhận.`}
      back={{ to: "/staff", label: t`Nhân viên` }}
    >
      {importing.data ? (
        <ImportDone done={importing.data} />
      ) : (
        <div className={classes.steps}>
          <FilePicker file={file} busy={preview.isPending} choose={look} />
          {preview.error && (
            <Alert color="red" variant="light" role="alert">
              {problemText(preview.error)}
            </Alert>
          )}
          {preview.data && !preview.isPending && (
            <Preview
              preview={preview.data}
              busy={importing.isPending}
              error={importing.error}
              confirm={(token) => importing.mutate(token)}
            />
          )}
        </div>
      )}
    </PageFrame>
  );
}

type PickerProps = { file: string | null; busy: boolean; choose: (file: File) => void };

function FilePicker({ file, busy, choose }: PickerProps) {
  const { t } = useLingui();
  return (
    <Section
      title={t`Tệp Excel hoặc CSV`}
      lead={t`Cần cột họ tên và cột e-mail hoặc số điện thoại; vai trò và nhóm có thể bỏ trống.`}
      actions={
        <Button
          component="a"
          variant="default"
          href={TEMPLATE}
          download
          leftSection={<IconDownload size={16} stroke={1.6} />}
        >
          {t`Tải tệp mẫu`}
        </Button>
      }
    >
      <FileDrop accept=".xlsx,.csv,text/csv" label={t`Tệp Excel hoặc CSV`} choose={choose}>
        {(pick) => (
          <>
            <IconFileSpreadsheet size={28} stroke={1.4} aria-hidden />
            {file && <p>{file}</p>}
            <Button variant="default" loading={busy} onClick={pick}>
              {file ? t`Chọn tệp khác` : t`Chọn tệp`}
            </Button>
          </>
        )}
      </FileDrop>
    </Section>
  );
}

type PreviewProps = {
  preview: ImportPreview;
  busy: boolean;
  error: unknown;
  confirm: (token: string) => void;
};

function Preview({ preview, busy, error, confirm }: PreviewProps) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const { rows, token } = preview;
  const people = rows.length;
  const faulty = rows.filter((row) => row.faults.length > 0).length;
  const title =
    people === 0
      ? t`Không có ai trong tệp`
      : faulty > 0
        ? t`${plural(faulty, { one: "# dòng cần sửa", other: "# dòng cần sửa" })}`
        : t`${plural(people, { one: "Sẽ thêm # người", other: "Sẽ thêm # người" })}`;
  return (
    <Section
      title={title}
      lead={
        people === 0
          ? t`Hãy điền mỗi người một dòng dưới dòng tiêu đề, rồi chọn lại tệp.`
          : faulty > 0
            ? t`Hãy sửa trong tệp rồi chọn lại. Chưa ai được thêm.`
            : t`Hãy xem lại rồi xác nhận. Ai có e-mail sẽ nhận thư mời nếu máy chủ gửi được thư.`
      }
    >
      {people > 0 && <PreviewTable rows={rows} />}
      {error != null && (
        <Alert color="red" variant="light" role="alert">
          {problemText(error)}
        </Alert>
      )}
      {token !== null && (
        <Button className={classes.confirm} loading={busy} onClick={() => confirm(token)}>
          {t`${plural(people, { one: "Thêm và mời # người", other: "Thêm và mời # người" })}`}
        </Button>
      )}
    </Section>
  );
}

/**
 * The module `@ferroflex/upload`: a place to drop files on, or to click and choose some. The files
 * are kept by the upload's id (files.ts); `onDrop` may send them at once.
 */
import type { ReactNode } from "react";
import { type DropzoneOptions, type FileRejection, useDropzone } from "react-dropzone";

import { keepFiles } from "../files.ts";
import { toast } from "../toast.tsx";

/** What a drop zone is given; anything else belongs to its element. */
export interface UploadProps extends Record<string, unknown> {
  id?: string;
  accept?: Record<string, string[]> | null;
  disabled?: boolean;
  maxFiles?: number;
  maxSize?: number;
  minSize?: number;
  multiple?: boolean;
  noClick?: boolean;
  noDrag?: boolean;
  noKeyboard?: boolean;
  onDrop?: (files: readonly File[]) => void;
  onDropRejected?: (files: readonly Tree[]) => void;
  children?: ReactNode;
}

type Tree = Record<string, unknown>;

/** What concerns the files; the rest is the element's. */
const OPTIONS = [
  "disabled",
  "maxFiles",
  "maxSize",
  "minSize",
  "multiple",
  "noClick",
  "noDrag",
  "noKeyboard",
] as const;

/** A drop zone. While files are dragged over it, its element has `data-drag-active`. */
export function Upload(props: UploadProps): ReactNode {
  const { accept, onDrop, onDropRejected, children, ...rest } = props;
  const upload = props.id ?? DEFAULT_ID;
  const options: DropzoneOptions = {
    ...(accept && { accept }),
    onDrop: (accepted) => {
      keepFiles(upload, accepted);
      if (accepted.length > 0) onDrop?.(accepted);
    },
    onDropRejected: (rejected) => {
      if (onDropRejected) onDropRejected(rejected.map(described));
      else tell(rejected);
    },
  };
  const attributes: Record<string, unknown> = { ...rest };
  for (const name of OPTIONS) {
    if (attributes[name] !== undefined) Object.assign(options, { [name]: attributes[name] });
    delete attributes[name];
  }
  const { getRootProps, getInputProps, isDragActive } = useDropzone(options);
  return (
    <div {...getRootProps(attributes)} data-drag-active={isDragActive ? "" : undefined}>
      <input {...getInputProps({ "aria-label": "Files" })} />
      {children}
    </div>
  );
}

/** The id of an upload that has none. */
const DEFAULT_ID = "default";

/** A refused file as data: a file itself is none. */
function described({ file, errors }: FileRejection): Tree {
  const { name, size, type, lastModified } = file;
  const path = (file as File & { path?: string }).path ?? name;
  return { file: { name, path, size, type, lastModified }, errors };
}

/** Says which files were refused, and why. */
function tell(rejected: readonly FileRejection[]): void {
  const lines = rejected.map(({ file, errors }) => {
    return `${file.name}: ${errors.map((error) => error.message).join(", ")}`;
  });
  const looks = { close_button: true, style: { white_space: "pre-line" } };
  toast("error", lines.join("\n\n"), { title: "Files not accepted", description: lines.join("\n\n"), ...looks });
}

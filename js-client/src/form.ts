/**
 * What a form sends.
 */

/** A field's value: several of one name make a list. */
export type FieldValue = string | boolean | (string | boolean)[];

type Submit = { target: EventTarget | null; preventDefault?: () => void };

/**
 * The form's fields as `on_submit` has them. A named field is there as the browser would send it:
 * a ticked checkbox as its value (`"on"`), an unticked one not at all. A control with an `id` is
 * also there under that id, with hyphens as underscores, a checkbox or switch as a boolean.
 */
export function formData(event: Submit): Record<string, FieldValue> {
  event.preventDefault?.();
  const form = event.target as HTMLFormElement;
  const data: Record<string, FieldValue> = {};
  for (const [name, value] of new FormData(form)) {
    add(data, name, typeof value === "string" ? value : value.name);
  }
  for (const control of form.querySelectorAll<HTMLElement>("[id]")) {
    const value = controlValue(control);
    if (value !== undefined) data[control.id.replaceAll("-", "_")] = value;
  }
  return data;
}

/** Empties the form once its data has been read. */
export function resetForm(event: Submit): void {
  (event.target as HTMLFormElement).reset();
}

function add(data: Record<string, FieldValue>, name: string, value: string): void {
  const before = Object.hasOwn(data, name) ? data[name] : undefined;
  if (before === undefined) data[name] = value;
  else data[name] = Array.isArray(before) ? [...before, value] : [before, value];
}

function controlValue(control: HTMLElement): FieldValue | undefined {
  const role = control.getAttribute("role");
  if (role === "checkbox" || role === "switch") {
    return control.getAttribute("aria-checked") === "true";
  }
  if (role === "radiogroup") return checkedValue(control);
  if (control instanceof HTMLInputElement) return inputValue(control);
  if (control instanceof HTMLTextAreaElement) return control.value;
  if (!(control instanceof HTMLSelectElement)) return undefined;
  if (!control.multiple) return control.value;
  return Array.from(control.selectedOptions, (option) => option.value);
}

function inputValue(input: HTMLInputElement): FieldValue | undefined {
  if (input.type === "checkbox") return input.checked;
  if (input.type === "radio") return input.checked ? input.value : undefined;
  return ["submit", "button", "reset", "image", "file"].includes(input.type)
    ? undefined
    : input.value;
}

function checkedValue(group: HTMLElement): string | undefined {
  return group.querySelector<HTMLInputElement>("input:checked")?.value;
}

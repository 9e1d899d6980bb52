/**
 * What a form sends. Not here: what its controls hold when the page is loaded again (fields.ts).
 */
import { ALL_FIELDS } from "./wire.ts";

/** A field's value. */
export type FieldValue = string | boolean | null | string[];

/** A form's data: a name that several fields have stands for the last of them. */
export type SentForm = Record<string, FieldValue> & { [ALL_FIELDS]?: [string, FieldValue][] };

type Submit = { target: EventTarget | null; preventDefault?: () => void };

/**
 * The form's fields as `on_submit` has them. A named field is there as the browser would send it:
 * a ticked checkbox as its value (`"on"`), an unticked one not at all. A control with an `id` is
 * also there under that id, as a name of Python, a checkbox or switch as a boolean; fields that
 * have their name from several controls are left as they are.
 */
export function formData(event: Submit): SentForm {
  event.preventDefault?.();
  const form = event.target as HTMLFormElement;
  const fields = namedFields(form);
  const count = (name: string) => fields.filter(([other]) => other === name).length;
  for (const [name, value] of controlsById(form)) {
    const field = fields.find(([other]) => other === name);
    if (!field) fields.push([name, value]);
    else if (count(name) === 1) field[1] = value;
  }
  const data: SentForm = Object.fromEntries(fields);
  if (Object.keys(data).length === fields.length) return data;
  return Object.defineProperty(data, ALL_FIELDS, { value: fields });
}

/** Empties the form once its data has been read. */
export function resetForm(event: Submit): void {
  (event.target as HTMLFormElement).reset();
}

function namedFields(form: HTMLFormElement): [string, FieldValue][] {
  const text = (value: FormDataEntryValue) => (typeof value === "string" ? value : value.name);
  return Array.from(new FormData(form), ([name, value]) => [name, text(value)]);
}

function controlsById(form: HTMLFormElement): [string, FieldValue][] {
  const found: [string, FieldValue][] = [];
  for (const control of form.querySelectorAll<HTMLElement>("[id]")) {
    // Radix names what it ties a label or a message to; nobody wrote that into the app.
    if (control.id.startsWith("radix-")) continue;
    const value = controlValue(control);
    if (value !== undefined) found.push([control.id.replace(/[^\p{L}\p{N}_]+/gu, "_"), value]);
  }
  return found;
}

/** What a control holds, undefined for what is no control. */
function controlValue(control: HTMLElement): FieldValue | undefined {
  const role = control.getAttribute("role");
  if (role === "checkbox" || role === "switch") {
    return control.getAttribute("aria-checked") === "true";
  }
  if (role === "radiogroup") return checkedValue(control);
  if (control instanceof HTMLInputElement) return inputValue(control);
  if (control instanceof HTMLTextAreaElement) return control.value;
  if (control instanceof HTMLSelectElement) return selectValue(control);
  if (!control.classList.contains("rt-SliderRoot")) return undefined;
  return control.querySelector("[role=slider]")?.getAttribute("aria-valuenow") ?? null;
}

function selectValue(select: HTMLSelectElement): FieldValue {
  if (!select.multiple) return select.value;
  return Array.from(select.selectedOptions, (option) => option.value);
}

function inputValue(input: HTMLInputElement): FieldValue | undefined {
  if (input.type === "checkbox") return input.checked;
  if (input.type === "radio") return input.checked ? input.value : undefined;
  return ["submit", "button", "reset", "image", "file"].includes(input.type)
    ? undefined
    : input.value;
}

/** Of a group of Radix's, the button that is checked; of native ones, the input. */
function checkedValue(group: HTMLElement): string | null {
  const checked = group.querySelector<HTMLInputElement>("input:checked, [aria-checked=true]");
  return checked?.value ?? null;
}

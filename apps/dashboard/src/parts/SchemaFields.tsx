// The fields of a form that came out of a schema, each with its unit, its default and what is wrong with it.
import { useId } from "react";
import type { Field } from "../form/fields.ts";
import { type Problem, type Texts, unitOf } from "../form/values.ts";
import { fill } from "../panes/common/setting.tsx";
import { duration } from "../panes/format.ts";
import { useWords } from "../words/language.tsx";
import { useParamHelp } from "../words/params.ts";

/** Which fields, and what stands in them. */
export interface SchemaFieldsProps {
  readonly fields: readonly Field[];
  readonly texts: Texts;
  readonly onChange: (path: string, text: string) => void;
  /** By path: what cannot be taken, and what the bot has said of a field. */
  readonly problems: Readonly<Record<string, Problem>>;
  readonly refused?: { readonly field: string; readonly why: string } | undefined;
  /** Left out: all may change. By top-level name. */
  readonly changeable?: readonly string[] | undefined;
  /** What stood there before: what differs is marked. */
  readonly before?: Texts | undefined;
}

/** A group within a group has its own frame. */
export function SchemaFields(props: SchemaFieldsProps) {
  return (
    <div className="fields">
      {props.fields.map((field) => (
        <OneField key={field.path} {...props} field={field} />
      ))}
    </div>
  );
}

interface OneFieldProps extends SchemaFieldsProps {
  readonly field: Field;
}

function OneField({ field, ...props }: OneFieldProps) {
  const words = useWords();
  const help = useParamHelp(field.path);
  const id = useId();
  const { texts, onChange, problems, refused, changeable, before } = props;
  const { path, name } = field;
  const text = texts[path] ?? "";
  const isFixed = changeable !== undefined && !changeable.includes(path.split(".")[0] ?? path);
  if (field.kind === "group")
    return (
      <fieldset className="group" disabled={isFixed}>
        <legend>
          {name} {isFixed ? <small>{words["form.fixed"]}</small> : null}
        </legend>
        {help === undefined ? null : <p className="quiet">{help}</p>}
        <SchemaFields {...props} fields={field.fields} />
      </fieldset>
    );
  const shape =
    field.kind === "variant" ? field.variants.find(({ value }) => value === (text || field.fallback)) : undefined;
  const problem = problems[path];
  const said = refused?.field === path ? refused.why : problem === undefined ? undefined : problemText(problem, field);
  const isChanged = before !== undefined && (before[path] ?? "") !== text;
  const common = {
    id,
    disabled: isFixed,
    "aria-invalid": said !== undefined,
    "aria-describedby": `${id}-say`,
    "aria-required": field.isRequired,
  };
  return (
    <div
      className={`field ${isChanged ? "is-changed" : ""} ${shape !== undefined && shape.fields.length > 0 ? "group" : ""}`}
    >
      <label htmlFor={id}>{name}</label>
      <Input field={field} text={text} common={common} onChange={(next) => onChange(path, next)} />
      <span className="quiet">{unitOf(name)}</span>
      <p id={`${id}-say`} className="say">
        {said === undefined ? null : <span className="bad">✕ {said} </span>}
        {[
          isFixed ? words["form.fixed"] : "",
          help ?? field.description,
          boundsText(field),
          meaningOf(name, text || (field.fallback ?? "")),
        ]
          .filter((part) => part !== undefined && part !== "")
          .join(" · ")}
      </p>
      {shape === undefined || shape.fields.length === 0 ? null : (
        <div className="nested">
          <SchemaFields {...props} fields={shape.fields} />
        </div>
      )}
    </div>
  );

  function problemText(what: Problem, of: Field): string {
    const bounds = of.kind === "number" ? { least: of.least ?? "", most: of.most ?? "" } : {};
    return fill(words[`form.${what}`], bounds);
  }

  function boundsText(of: Field): string {
    const parts = [
      of.isRequired
        ? words["form.needed"]
        : of.fallback === undefined
          ? ""
          : fill(words["form.default"], { value: of.fallback }),
      of.kind === "number" && of.least !== undefined ? fill(words["form.from"], { least: of.least }) : "",
      of.kind === "number" && of.most !== undefined ? fill(words["form.to"], { most: of.most }) : "",
    ];
    return parts.filter((part) => part !== "").join(", ");
  }
}

/** Many milliseconds as a person reads them. */
function meaningOf(name: string, text: string): string | undefined {
  return unitOf(name) === "ms" && /^\d{4,}$/.test(text) ? duration(Number(text)) : undefined;
}

interface InputProps {
  readonly field: Exclude<Field, { readonly kind: "group" }>;
  readonly text: string;
  readonly common: Readonly<Record<string, string | boolean>> & { readonly id: string };
  readonly onChange: (text: string) => void;
}

function Input({ field, text, common, onChange }: InputProps) {
  const words = useWords();
  const heard = ({ target }: { readonly target: { readonly value: string } }) => onChange(target.value);
  switch (field.kind) {
    case "flag":
    case "choice":
    case "variant": {
      const options =
        field.kind === "flag"
          ? ["true", "false"]
          : field.kind === "choice"
            ? field.options
            : field.variants.map(({ value }) => value);
      return (
        <select {...common} value={text} onChange={heard}>
          {text !== "" && field.isRequired ? null : (
            <option value="">
              {field.fallback === undefined
                ? words["form.unset"]
                : fill(words["form.default"], { value: field.fallback })}
            </option>
          )}
          {options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      );
    }
    case "json":
      return <textarea {...common} rows={3} spellCheck="false" value={text} onChange={heard} />;
    case "text":
    case "decimal":
    case "number": {
      const list = field.kind === "number" || field.words.length === 0 ? undefined : `${common.id}-words`;
      return (
        <>
          <input
            {...common}
            value={text}
            list={list}
            placeholder={field.fallback}
            inputMode={field.kind === "text" || list !== undefined ? "text" : "decimal"}
            autoComplete="off"
            spellCheck="false"
            onChange={heard}
          />
          {list === undefined || field.kind === "number" ? null : (
            <datalist id={list}>
              {field.words.map((word) => (
                <option key={word} value={word} />
              ))}
            </datalist>
          )}
        </>
      );
    }
  }
}

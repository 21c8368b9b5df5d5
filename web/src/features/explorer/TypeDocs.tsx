import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from "graphql";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";

type Show = (type: string) => void;

interface TypeButtonProps {
  readonly name: string;
  /** As it is written, `[Task!]!`; the name where nothing is said. */
  readonly text?: string;
  readonly onShow: Show;
}

/** A type that can be opened. */
export function TypeButton({ name, text = name, onShow }: TypeButtonProps) {
  return (
    <button
      type="button"
      translate="no"
      className="min-h-6 rounded font-mono text-sm text-link hover:underline"
      onClick={() => onShow(name)}
    >
      {text}
    </button>
  );
}

/** What the schema says of a type: its fields or its values. */
export function TypeDocs({
  type,
  onShow,
}: {
  readonly type: GraphQLNamedType;
  readonly onShow: Show;
}) {
  return (
    <section aria-labelledby="gql-type" className="grid min-w-0 gap-3">
      <h3 id="gql-type" translate="no" className="font-mono font-semibold">
        {type.name}
      </h3>
      <Words text={type.description} />
      <ul className="grid max-h-[32rem] gap-3 overflow-y-auto">
        <Parts type={type} onShow={onShow} />
      </ul>
    </section>
  );
}

function Parts({ type, onShow }: { readonly type: GraphQLNamedType; readonly onShow: Show }) {
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    return Object.values<AnyField>(type.getFields()).map((field) => (
      <FieldDocs key={field.name} field={field} onShow={onShow} />
    ));
  }
  if (isUnionType(type)) {
    return type.getTypes().map((one) => (
      <li key={one.name}>
        <TypeButton name={one.name} onShow={onShow} />
      </li>
    ));
  }
  if (!isEnumType(type)) return null;
  return type.getValues().map((value) => (
    <li key={value.name}>
      <Name text={value.name} reason={value.deprecationReason} />
      <Words text={value.description} />
    </li>
  ));
}

type AnyField = GraphQLField<unknown, unknown> | GraphQLInputField;

interface FieldDocsProps {
  readonly field: AnyField;
  readonly onShow: Show;
}

function FieldDocs({ field, onShow }: FieldDocsProps) {
  return (
    <li className="min-w-0">
      <Name text={field.name} reason={field.deprecationReason} />{" "}
      <TypeText type={field.type} onShow={onShow} />
      <Words text={field.description} />
      {"args" in field && field.args.length > 0 && (
        <ul className="ml-4 grid gap-1">
          {field.args.map((one) => (
            <li key={one.name}>
              <Name text={one.name} reason={one.deprecationReason} />{" "}
              <TypeText type={one.type} onShow={onShow} />
              <Words text={one.description} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function TypeText({ type, onShow }: { readonly type: GraphQLType; readonly onShow: Show }) {
  return <TypeButton name={getNamedType(type).name} text={String(type)} onShow={onShow} />;
}

interface NameProps {
  readonly text: string;
  readonly reason: string | null | undefined;
}

function Name({ text, reason }: NameProps) {
  const t = useMessages("integrations");
  return (
    <>
      <code translate="no" className="font-mono text-sm font-medium">
        {text}
      </code>
      {reason != null && (
        <Badge tone="warning" title={reason} className="ml-1">
          {t("gql.docs.deprecated")}
        </Badge>
      )}
    </>
  );
}

function Words({ text }: { readonly text: string | null | undefined }) {
  if (text == null || text === "") return null;
  return (
    <p lang="en" className="caption text-sm text-muted">
      {text}
    </p>
  );
}
